import { SingleBar } from 'cli-progress';
import { isTerminal } from './colors.js';
import { beginLiveLine, forgetLiveLine, writeAboveLiveLine } from './live-line.js';
import { oneLineTerminal } from './one-line-terminal.js';
import { formatProgressLine, type ProgressState } from './progress-line.js';
import { Rate } from './rate.js';

export interface ProgressOptions {
  /** Where the end is; leave it out when it is not known (no bar, no ETA), or give it later with `setTotal`. */
  total?: number;
  /** What is there already, such as the bytes of a download that is resumed; not part of the rate. Default 0. */
  start?: number;
  /** `bytes`, or a plural noun such as `examples`. Default `steps`. */
  unit?: string;
  /** Nothing at all is written (the command's `--quiet`). Default false. */
  quiet?: boolean;
  /** Default: standard error. */
  stream?: NodeJS.WritableStream;
  /** Time between two lines where there is no terminal, in ms. Default 5,000. */
  lineEveryMs?: number;
  /** Clock in ms, for tests. */
  now?: () => number;
}

/**
 * Shows on standard error how far one stage is: on a terminal a bar that redraws itself, elsewhere a line every few
 * seconds. One stage, one `Progress`; the next stage makes the next one.
 *
 * ```ts
 * const progress = new Progress('download', { total: 84_125_825, start: resumedBytes, unit: 'bytes', quiet });
 * for await (const bytes of received) progress.update(bytes);       // 12.3 MB / 84.1 MB  5.2 MB/s  ETA 14 s
 * progress.stop();
 *
 * const progress = new Progress('epoch 1/5', { total: 22_500, unit: 'examples', quiet });
 * progress.update(1_024, `step 32/704  loss ${loss.toFixed(4)}  accuracy ${formatPercent(accuracy)}`);
 * progress.stop('epoch 1/5  loss 0.5120  accuracy 74.1 %');         // the line stays
 * ```
 */
export class Progress {
  readonly #options: Required<Pick<ProgressOptions, 'unit' | 'quiet' | 'stream' | 'lineEveryMs' | 'now'>>;
  readonly #rate: Rate;
  readonly #liveLine = { erase: () => this.#terminal?.eraseLine(), end: () => this.stop() };
  readonly #terminal: ReturnType<typeof oneLineTerminal> | undefined;
  readonly #bar: SingleBar | undefined;
  #state: ProgressState;
  #lastLineAt: number;
  #stopped = false;

  constructor(label: string, options: ProgressOptions = {}) {
    const {
      total,
      start = 0,
      unit = 'steps',
      quiet = false,
      stream = process.stderr,
      lineEveryMs = 5000,
      now = () => performance.now(),
    } = options;
    this.#options = { unit, quiet, stream, lineEveryMs, now };
    this.#lastLineAt = now();
    this.#rate = new Rate(start, this.#lastLineAt);
    this.#state = { label, done: start, total, unit, details: '', perSecond: Number.NaN };
    if (quiet || !isTerminal(stream) || process.env.TERM === 'dumb') return;
    beginLiveLine(this.#liveLine);
    this.#terminal = oneLineTerminal(stream);
    this.#bar = new SingleBar({
      ...{ terminal: this.#terminal },
      format: (_options, { maxWidth }) => formatProgressLine(this.#state, { width: maxWidth - 1, bar: true }),
      clearOnComplete: true,
      forceRedraw: true,
      gracefulExit: false,
    });
    this.#bar.start(1, 0);
  }

  /** Tells how much is done in all, and what else to show; cheap, call it as often as you like. */
  update(done: number, details = this.#state.details): void {
    if (this.#stopped || this.#options.quiet) return;
    const now = this.#options.now();
    this.#rate.add(done, now);
    this.#state = { ...this.#state, done, details, perSecond: this.#rate.perSecond(now) };
    if (this.#bar) this.#bar.update(0);
    else if (now - this.#lastLineAt >= this.#options.lineEveryMs) {
      this.#lastLineAt = now;
      writeAboveLiveLine(this.#options.stream, `${formatProgressLine(this.#state)}\n`);
    }
  }

  /** Tells the end when it becomes known only later. */
  setTotal(total: number | undefined): void {
    this.#state = { ...this.#state, total };
  }

  /** Takes the bar away; `lastLine`, if given, stays in its place. Calling it again does nothing. */
  stop(lastLine?: string): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#bar?.stop();
    forgetLiveLine(this.#liveLine);
    if (lastLine && !this.#options.quiet) writeAboveLiveLine(this.#options.stream, `${lastLine}\n`);
  }
}
