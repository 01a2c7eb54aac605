import type { KernelName, OperandsOf } from '../../../../src/backends/wasm/kernel-operands.js';
import { Random } from '../../../../src/random/random.js';
import { type Block, type BlockType, type KernelCall, type NeedName, untouched } from './kernel-call.js';

/** As the heap has it: a block begins on a cache line. */
const alignment = 64;

/** Zeros of both signs, what is no number, the smallest and the largest ones, and where exponentials end. */
const unusualNumbers = [
  ...[0, -0, 1, -1, Number.NaN, -Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ...[1.4e-45, -1.4e-45, 1.17e-38, -3e-39, 1e-40, 3.4e38, -3.4e38, 1e-20, 1e20],
  ...[88.5, -90, 9, -9],
];

/** Lengths around those of vectors (4, 8, 16) and of a thread's share. */
const tellingCounts = [1, 3, 4, 7, 8, 9, 12, 15, 16, 17, 20, 31, 33, 40, 49, 65, 100, 1003];

/** What the numbers of a call are like: of every size, small halves with ties and zeros, or with unusual ones between. */
type Kind = 'usual' | 'halves' | 'some unusual' | 'unusual';
const kinds: readonly Kind[] = ['usual', 'usual', 'halves', 'some unusual', 'some unusual', 'unusual'];

type Value = (place: number) => number;

/** Makes the memory and the operands of a call, which depend on the kernel's name, the round and the threads alone. */
export class CallMaker {
  private readonly random: Random;
  private readonly blocks: Block[] = [];
  private end: number;
  private readonly kind: Kind;
  /** Now and then floats begin at no multiple of 16 bytes, which kernels may not count on. */
  private readonly shift: number;

  /**
   * @param needs tells the bytes that a kernel needs in every form
   * @param start address of the first block
   */
  constructor(
    kernel: KernelName,
    readonly round: number,
    readonly threads: number,
    private readonly needs: (name: NeedName, ...sizes: number[]) => number,
    private readonly start: number,
  ) {
    this.random = new Random(`${kernel} ${round}`);
    this.end = start;
    this.kind = this.pick(kinds);
    this.shift = round % 5 === 3 ? 4 : 0;
  }

  /** In [0, 1). */
  next(): number {
    return this.random.next();
  }

  /** Both included. */
  integer(least: number, most: number): number {
    return least + this.random.integer(most - least + 1);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<Item>(list: readonly Item[]): Item {
    return list[this.random.integer(list.length)];
  }

  /** A bit of the round's number: all combinations of several come in turn. */
  flag(bit: number): 0 | 1 {
    return ((this.round >> bit) & 1) as 0 | 1;
  }

  /** Every tenth round is for sizes with which work is done piece by piece. */
  get isLarge(): boolean {
    return this.round % 10 === 9;
  }

  /** A side of a small matrix. */
  size(): number {
    return this.chance(0.05) ? this.integer(41, 300) : this.integer(1, 40);
  }

  /** A number of elements: the telling ones in turn, then any. */
  count(): number {
    if (this.round < tellingCounts.length) return tellingCounts[this.round];
    return this.chance(0.15) ? this.integer(1000, 20_000) : this.integer(1, 700);
  }

  /** A factor from 0 to 1, now and then one of them. */
  share(): number {
    return this.chance(0.1) ? this.integer(0, 1) : this.next();
  }

  epsilon(): number {
    return this.chance(0.15) ? 0 : 1e-7 * (1 + this.next());
  }

  unusual(): number {
    return this.pick(unusualNumbers);
  }

  /** From -2 to 2. */
  readonly usual: Value = () => 4 * this.next() - 2;

  /** As this round's are. */
  readonly value: Value = (place) => {
    if (this.kind === 'halves') return this.integer(-3, 3) / 2;
    if (this.kind === 'unusual' || (this.kind === 'some unusual' && this.chance(0.1))) return this.unusual();
    return this.usual(place);
  };

  /** From 0 to 2, such as means of squares; now and then unusual in rounds that are. */
  readonly positive: Value = (place) =>
    this.kind.endsWith('unusual') && this.chance(0.2) ? this.value(place) : 2 * this.next();

  /** For sums of many: in half of the rounds with unusual numbers, which spread over all, there are none. */
  get summand(): Value {
    return this.round % 2 === 0 ? this.usual : this.value;
  }

  floats(count: number, value = this.value): number {
    return this.put(
      'floats',
      Float32Array.from({ length: count }, (_, place) => value(place)),
    );
  }

  /** 0 where the flag is. */
  floatsIf(flag: number | boolean, count: number, value = this.value): number {
    return flag ? this.floats(count, value) : 0;
  }

  integers(list: ArrayLike<number>): number {
    return this.put('exact', Int32Array.from(list));
  }

  /** Integers that hold their own addresses. */
  integersWith(length: number, write: (address: number, words: Int32Array) => void): number {
    const words = new Int32Array(length);
    const address = this.put('exact', words);
    write(address, words);
    return address;
  }

  bytes(list: ArrayLike<number>): number {
    return this.put('exact', Uint8Array.from(list));
  }

  /** A mask [batch, time], whose rows have more or fewer steps that count, some of them none; or 0. */
  mask(batch: number, time: number): number {
    const form = this.integer(0, 2);
    if (form === 0) return 0;
    const shares = Array.from({ length: batch }, () => (form === 2 && this.chance(0.4) ? 0 : this.next()));
    const counts = (place: number) => this.chance(shares[Math.floor(place / time)]);
    return this.bytes(
      Array.from({ length: batch * time }, (_, place) => (counts(place) ? this.pick([1, 3]) : 0)),
    );
  }

  /** Memory for results. */
  space(count: number, type: Exclude<BlockType, 'scratch'> = 'floats'): number {
    const bytes = (type === 'doubles' ? 8 : 4) * count;
    return this.put(type, new Uint8Array(bytes).fill(untouched));
  }

  /** Memory whose content does not count. */
  scratchFloats(count: number): number {
    return this.put('scratch', new Uint8Array(4 * count).fill(untouched));
  }

  /** The operands for scratch memory, of which each thread has as much as is needed. */
  scratch(name: NeedName, ...sizes: number[]): { scratch: number; scratchBytes: number } {
    const scratchBytes = this.needs(name, ...sizes);
    const content = new Uint8Array(this.threads * scratchBytes).fill(untouched);
    return { scratch: this.put('scratch', content, { name, sizes }), scratchBytes };
  }

  finish<Name extends KernelName>(kernel: Name, operands: OperandsOf<Name>): KernelCall<Name> {
    const { round, threads, blocks, start, end } = this;
    return { kernel, round, threads, operands, blocks, start, end };
  }

  private put(type: BlockType, values: ArrayBufferView, need?: Block['need']): number {
    const content = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const shift = type === 'doubles' ? 0 : this.shift;
    const address = this.end + alignment + shift;
    this.blocks.push({ address, content, type, need });
    this.end = Math.ceil((address + content.length) / alignment + 1) * alignment;
    return address;
  }
}
