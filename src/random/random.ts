import seedrandom from 'seedrandom';

type Alea = ReturnType<typeof seedrandom.alea>;

/** What {@link Random.state} gives: four numbers, safe to store as JSON. */
export interface RandomState {
  readonly c: number;
  readonly s0: number;
  readonly s1: number;
  readonly s2: number;
}

/**
 * Random numbers that repeat: the same seed gives the same sequence on every machine, and a stored state goes on where
 * it was read. The generator is Johannes Baagøe's Alea (2010), of period about 2^116.
 */
export class Random {
  readonly #next: Alea & { state(): RandomState };

  /**
   * @param seed names the sequence; 1 and '1' name the same one
   * @param state a former {@link state}; the sequence goes on from there and the seed no longer matters
   */
  constructor(seed: number | string, state?: unknown) {
    this.#next = seedrandom.alea(String(seed), { state: state === undefined ? true : readState(state) });
  }

  /** A number in [0, 1), with 32 random bits. */
  next(): number {
    return this.#next();
  }

  /** A whole number in [0, limit), each equally likely; `limit` is at most 2^32. */
  integer(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  /** Shuffles in place, every order equally likely (Fisher and Yates; Durstenfeld's form of 1964). */
  shuffle(array: Int32Array): void {
    for (let last = array.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const value = array[last];
      array[last] = array[other];
      array[other] = value;
    }
  }

  /** Where the sequence stands; `new Random(anySeed, state)` goes on from here. */
  get state(): RandomState {
    return this.#next.state();
  }
}

function readState(state: unknown): RandomState {
  const { c, s0, s1, s2 } = (state ?? {}) as Record<keyof RandomState, unknown>;
  if (typeof c !== 'number' || typeof s0 !== 'number' || typeof s1 !== 'number' || typeof s2 !== 'number') {
    throw new TypeError(`Not the state of a Random: ${JSON.stringify(state)}`);
  }
  return { c, s0, s1, s2 };
}
