/** Numbers pairs of ids, in the order in which they first come. */
export class PairTable {
  /** The first id of each pair, by its number; longer than there are pairs. */
  lefts = new Int32Array(1 << 12);
  /** The second id. */
  rights = new Int32Array(1 << 12);
  #slots = new Int32Array(1 << 13);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** A pair's number; -1 where it has none. */
  find(left: number, right: number): number {
    return this.#slots[this.#slotOf(left, right)] - 1;
  }

  /** A pair's number, given to it if it has none. */
  add(left: number, right: number): number {
    const slot = this.#slotOf(left, right);
    if (this.#slots[slot] !== 0) return this.#slots[slot] - 1;
    this.lefts[this.#size] = left;
    this.rights[this.#size] = right;
    this.#slots[slot] = ++this.#size;
    if (this.#size === this.lefts.length) this.#grow();
    return this.#size - 1;
  }

  /** Where the pair stands, or the free slot where it would. */
  #slotOf(left: number, right: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    for (let number = slots[slot]; number !== 0; number = slots[slot]) {
      if (this.lefts[number - 1] === left && this.rights[number - 1] === right) return slot;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    const [lefts, rights] = [this.lefts, this.rights];
    this.lefts = new Int32Array(2 * lefts.length);
    this.lefts.set(lefts);
    this.rights = new Int32Array(2 * rights.length);
    this.rights.set(rights);
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let number = 0; number < this.#size; number++) {
      this.#slots[this.#slotOf(lefts[number], rights[number])] = number + 1;
    }
  }
}
