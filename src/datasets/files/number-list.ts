/** Integers of 32 bits that are added one after another; a fraction of the memory of an array. */
export class NumberList {
  #values = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Int32Array(this.#values.length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** All of them; shares memory with the list until more are added. */
  values(): Int32Array {
    return this.#values.subarray(0, this.#length);
  }
}
