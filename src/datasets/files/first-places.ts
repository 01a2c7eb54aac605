import type { Hash64 } from './hash64.js';

/** Where each of many values, known by its hash, was seen first: a table in typed arrays, with open addressing. */
export class FirstPlaces {
  #capacity = 1 << 12;
  #hashes = new Int32Array(2 * this.#capacity);
  /** The place + 1; 0 is a free slot. */
  #places = new Int32Array(this.#capacity);
  #count = 0;

  /** The place of the first value with this hash; that is `place` itself where none was seen before. */
  add([high, low]: Hash64, place: number): number {
    if (2 * this.#count >= this.#capacity) this.#grow();
    const slot = this.#slotOf(high, low);
    if (this.#places[slot] > 0) return this.#places[slot] - 1;
    this.#put(slot, [high, low], place);
    this.#count++;
    return place;
  }

  /** The place of the first value with this hash; undefined where none was seen. */
  find([high, low]: Hash64): number | undefined {
    const place = this.#places[this.#slotOf(high, low)];
    return place > 0 ? place - 1 : undefined;
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#capacity - 1;
    let slot = low & mask;
    while (this.#places[slot] > 0) {
      if (this.#hashes[2 * slot] === high && this.#hashes[2 * slot + 1] === low) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #put(slot: number, [high, low]: Hash64, place: number): void {
    this.#hashes[2 * slot] = high;
    this.#hashes[2 * slot + 1] = low;
    this.#places[slot] = place + 1;
  }

  #grow(): void {
    const [hashes, places] = [this.#hashes, this.#places];
    this.#capacity *= 2;
    this.#hashes = new Int32Array(2 * this.#capacity);
    this.#places = new Int32Array(this.#capacity);
    for (let slot = 0; slot < places.length; slot++) {
      if (places[slot] === 0) continue;
      const [high, low] = [hashes[2 * slot], hashes[2 * slot + 1]];
      this.#put(this.#slotOf(high, low), [high, low], places[slot] - 1);
    }
  }
}
