/** A chunk holds 2^18 integers: 1 MiB. */
const chunkBits = 18;
const chunkLength = 1 << chunkBits;
const firstLength = 1024;

/**
 * An Int32Array whose final length is not known yet. It grows by chunks, and copies nothing when it does. Integers that are
 * mostly small, and read in order alone, take half as much in `PackedIntegers`.
 */
export class GrowingIntegers {
  #chunks: Int32Array[] = [];
  /** The chunk that is being filled; the first one begins small, since most lists stay so. */
  #chunk = new Int32Array(firstLength);
  #used = 0;

  get length(): number {
    return this.#chunks.length * chunkLength + this.#used;
  }

  push(value: number): void {
    if (this.#used === this.#chunk.length) this.#makeRoom();
    this.#chunk[this.#used++] = value;
  }

  /** The integer at a place that is filled. */
  at(place: number): number {
    const chunk = place >>> chunkBits;
    return (chunk < this.#chunks.length ? this.#chunks[chunk] : this.#chunk)[place & (chunkLength - 1)];
  }

  /** A copy of exactly what was pushed. */
  toArray(): Int32Array {
    const values = new Int32Array(this.length);
    for (const [index, chunk] of this.#chunks.entries()) values.set(chunk, index * chunkLength);
    values.set(this.#chunk.subarray(0, this.#used), this.#chunks.length * chunkLength);
    return values;
  }

  #makeRoom(): void {
    if (this.#used === chunkLength) {
      this.#chunks.push(this.#chunk);
      this.#chunk = new Int32Array(chunkLength);
      this.#used = 0;
      return;
    }
    const larger = new Int32Array(2 * this.#chunk.length);
    larger.set(this.#chunk);
    this.#chunk = larger;
  }
}
