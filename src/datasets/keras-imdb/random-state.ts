const words = 624;
const middle = 397;

/**
 * NumPy's `RandomState(seed)`: the Mersenne Twister MT19937 (Matsumoto & Nishimura 1998), seeded by one integer, and the
 * bounded integers of NumPy's legacy `shuffle`.
 */
export class RandomState {
  readonly #state = new Uint32Array(words);
  #next = words;

  /** @param seed from 0 to 2^32 - 1 */
  constructor(seed: number) {
    this.#state[0] = seed;
    for (let word = 1; word < words; word++) {
      const before = this.#state[word - 1];
      this.#state[word] = Math.imul(1_812_433_253, before ^ (before >>> 30)) + word;
    }
  }

  /** The numbers from 0 up to below `count`, as `shuffle(np.arange(count))` leaves them. */
  shuffledIndices(count: number): Int32Array {
    const indices = Int32Array.from({ length: count }, (_, index) => index);
    for (let last = count - 1; last > 0; last--) {
      const other = this.#upTo(last);
      [indices[last], indices[other]] = [indices[other], indices[last]];
    }
    return indices;
  }

  /** From 0 to `most`, both included: draws as many bits as `most` has until they are not above it (`random_interval`). */
  #upTo(most: number): number {
    const mask = 2 ** (32 - Math.clz32(most)) - 1;
    for (;;) {
      const value = (this.#uint32() & mask) >>> 0;
      if (value <= most) return value;
    }
  }

  #uint32(): number {
    if (this.#next === words) this.#refill();
    let value = this.#state[this.#next++];
    value ^= value >>> 11;
    value ^= (value << 7) & 0x9d2c5680;
    value ^= (value << 15) & 0xefc60000;
    return (value ^ (value >>> 18)) >>> 0;
  }

  #refill(): void {
    const state = this.#state;
    for (let word = 0; word < words; word++) {
      const bits = (state[word] & 0x80000000) | (state[(word + 1) % words] & 0x7fffffff);
      state[word] = state[(word + middle) % words] ^ (bits >>> 1) ^ (bits & 1 ? 0x9908b0df : 0);
    }
    this.#next = 0;
  }
}
