const windowMs = 10_000;
const samplesPerSecond = 10;

/**
 * Speed of something that goes on, over about the last ten seconds: steady enough to read, quick enough to follow a
 * network that slows down. Times are milliseconds of any clock.
 */
export class Rate {
  readonly #samples: { done: number; at: number }[];

  constructor(done: number, at: number) {
    this.#samples = [{ done, at }];
  }

  /** Tells that `done` of it was reached at time `at`. */
  add(done: number, at: number): void {
    const samples = this.#samples;
    const replacesLast = samples.length > 1 && at - samples.at(-2)!.at < 1000 / samplesPerSecond;
    if (replacesLast) samples.pop();
    samples.push({ done, at });
    while (samples.length > 2 && at - samples[1].at >= windowMs) samples.shift();
  }

  /** Units a second up to time `at`; NaN before any time has passed. */
  perSecond(at: number): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)!];
    return at > first.at ? ((last.done - first.done) / (at - first.at)) * 1000 : Number.NaN;
  }
}
