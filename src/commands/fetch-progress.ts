import type { FetchEvent } from '../datasets/fetch/fetch-event.js';
import { Progress } from '../terminal/progress.js';

/**
 * Draws what a fetch of data tells about itself: one bar for the download, one for the unpacking.
 *
 * ```ts
 * const progress = new FetchProgress({ quiet });
 * await ensureDataset({ ..., onProgress: (event) => progress.show(event) }).finally(() => progress.stop());
 * ```
 */
export class FetchProgress {
  readonly #quiet: boolean;
  #stage: { kind: FetchEvent['kind']; done: number; bar: Progress } | undefined;

  constructor({ quiet }: { quiet: boolean }) {
    this.#quiet = quiet;
  }

  show(event: FetchEvent): void {
    const { kind, totalBytes: total } = event;
    const done = kind === 'download' ? event.receivedBytes : event.readBytes;
    // Fewer bytes than before: the server has begun anew, and so does the rate.
    if (this.#stage?.kind !== kind || done < this.#stage.done) {
      this.stop();
      const start = kind === 'download' ? done : 0;
      const bar = new Progress(kind, { total, start, unit: 'bytes', quiet: this.#quiet });
      this.#stage = { kind, done, bar };
    }
    this.#stage.done = done;
    this.#stage.bar.setTotal(total);
    this.#stage.bar.update(done);
  }

  /** Takes the bar away. */
  stop(): void {
    this.#stage?.bar.stop();
    this.#stage = undefined;
  }
}
