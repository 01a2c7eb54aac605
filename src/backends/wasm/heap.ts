import { UserError } from '../../errors/user-error.js';

/** Blocks start on a cache line, so that two threads never share one by accident. */
const alignment = 64;
const pageBytes = 65_536;
/** The kernels' own static data and their operands lie below. */
export const heapStart = pageBytes;
/** What 32-bit addresses reach. */
const maximumPages = 65_536;
/** Growth in steps of at least 16 MiB keeps the number of (slow) `grow` calls small. */
const growthPages = 256;

/** Allocates and frees blocks of a growing WebAssembly memory: first fit by address, neighbours joined when freed. */
export class Heap {
  readonly memory: WebAssembly.Memory;
  /** Free blocks in the order of their addresses. */
  private readonly starts: number[] = [];
  private readonly sizes: number[] = [];
  private readonly allocated = new Map<number, number>();
  private end: number;
  private used = 0;

  constructor() {
    const initial = growthPages;
    this.memory = new WebAssembly.Memory({ initial, maximum: maximumPages, shared: true });
    this.end = initial * pageBytes;
    this.starts.push(heapStart);
    this.sizes.push(this.end - heapStart);
  }

  /** Bytes in blocks that are allocated now. */
  get usedBytes(): number {
    return this.used;
  }

  /** Bytes of the whole memory; it never shrinks. */
  get totalBytes(): number {
    return this.end;
  }

  /**
   * @returns the address of a block of at least `bytes` bytes, whose content is arbitrary
   * @throws UserError when 4 GiB are not enough or the machine has no more memory
   */
  allocate(bytes: number): number {
    const size = Math.max(alignment, Math.ceil(bytes / alignment) * alignment);
    let index = this.sizes.findIndex((free) => free >= size);
    if (index < 0) index = this.grow(size);
    const address = this.starts[index];
    if (this.sizes[index] === size) {
      this.starts.splice(index, 1);
      this.sizes.splice(index, 1);
    } else {
      this.starts[index] += size;
      this.sizes[index] -= size;
    }
    this.allocated.set(address, size);
    this.used += size;
    return address;
  }

  /** @throws Error when no block starts at `address`, which would be a bug of the caller */
  free(address: number): void {
    const size = this.allocated.get(address);
    if (size === undefined) throw new Error(`There is no block at address ${address} to free`);
    this.allocated.delete(address);
    this.used -= size;
    this.release(address, size);
  }

  /** Adds a free block and joins it with free neighbours. @returns its place in the list */
  private release(address: number, size: number): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] < address) low = middle + 1;
      else high = middle;
    }
    const joinsBefore = low > 0 && this.starts[low - 1] + this.sizes[low - 1] === address;
    const joinsAfter = low < this.starts.length && address + size === this.starts[low];
    if (joinsBefore) {
      this.sizes[low - 1] += size;
      if (joinsAfter) {
        this.sizes[low - 1] += this.sizes[low];
        this.starts.splice(low, 1);
        this.sizes.splice(low, 1);
      }
      return low - 1;
    }
    if (joinsAfter) {
      this.starts[low] = address;
      this.sizes[low] += size;
      return low;
    }
    this.starts.splice(low, 0, address);
    this.sizes.splice(low, 0, size);
    return low;
  }

  private grow(bytes: number): number {
    const last = this.starts.length - 1;
    const tail = last >= 0 && this.starts[last] + this.sizes[last] === this.end ? this.sizes[last] : 0;
    const needed = Math.ceil((bytes - tail) / pageBytes);
    const room = maximumPages - this.end / pageBytes;
    // A block that ends at 4 GiB would have an end address that 32 bits cannot hold: the last page stays unused.
    if (needed >= room) throw this.full(bytes, 'WebAssembly addresses 4 GiB');
    const pages = Math.min(room - 1, Math.max(needed, growthPages));
    try {
      this.memory.grow(pages);
    } catch (error) {
      throw this.full(bytes, 'the machine has no more memory to give', { cause: error });
    }
    const address = this.end;
    this.end += pages * pageBytes;
    return this.release(address, pages * pageBytes);
  }

  private full(bytes: number, reason: string, options?: ErrorOptions): UserError {
    const megabytes = (value: number) => `${(value / 2 ** 20).toFixed(1)} MiB`;
    return new UserError(
      `No room for a tensor of ${megabytes(bytes)}: ${megabytes(this.used)} are in use and ${reason}. A smaller batch size needs less.`,
      'Lower training.batchSize (of eval and predict --batch-size), text.maxLength, or the units of the model.',
      options,
    );
  }
}
