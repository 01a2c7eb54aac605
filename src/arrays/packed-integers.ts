/**
 * A chunk holds 2^24 units of 16 bits: 32 MiB, of which the system gives what is written to. Smaller ones that are let go
 * would stay with the process: up to that size glibc keeps freed memory for itself (DEFAULT_MMAP_THRESHOLD_MAX).
 */
const chunkLength = 2 ** 24;
const firstLength = 1024;
/** Integers that are given at a time. */
const portionLength = 2 ** 16;
/** Set in the first of two units. */
const isLarge = 0x8000;

/**
 * A growing list of integers from 0 to 2^31 - 1 of which most are small, to be read from the first to the last: two bytes
 * for one below 32,768, four for another. Tokens that are numbered as they first occur are of this kind, since the common
 * ones come early: 170 million of them in 0.36 GB. It grows by chunks, and copies nothing when it does.
 */
export class PackedIntegers {
  #chunks: Uint16Array[] = [];
  /** The chunk that is being filled; the first one begins small, since most lists stay so. */
  #chunk = new Uint16Array(firstLength);
  #used = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#used + 2 > this.#chunk.length) this.#makeRoom();
    if (value >= isLarge) this.#chunk[this.#used++] = isLarge | (value >>> 16);
    this.#chunk[this.#used++] = value;
    this.#length++;
  }

  /** All integers, many at a time. A portion is valid until the next one is asked for. */
  *portions(): Generator<Int32Array> {
    const values = new Int32Array(Math.min(portionLength, this.#length));
    for (const chunk of [...this.#chunks, this.#chunk.subarray(0, this.#used)]) {
      for (let place = 0; place < chunk.length; ) {
        let count = 0;
        while (count < values.length && place < chunk.length) {
          const unit = chunk[place++];
          values[count++] = unit < isLarge ? unit : ((unit & ~isLarge) << 16) | chunk[place++];
        }
        yield values.subarray(0, count);
      }
    }
  }

  /** A copy in four bytes each. */
  toArray(): Int32Array {
    const values = new Int32Array(this.#length);
    let end = 0;
    for (const portion of this.portions()) {
      values.set(portion, end);
      end += portion.length;
    }
    return values;
  }

  #makeRoom(): void {
    if (this.#chunk.length < chunkLength) {
      const larger = new Uint16Array(2 * this.#chunk.length);
      larger.set(this.#chunk);
      this.#chunk = larger;
      return;
    }
    this.#chunks.push(this.#chunk.subarray(0, this.#used));
    this.#chunk = new Uint16Array(chunkLength);
    this.#used = 0;
  }
}
