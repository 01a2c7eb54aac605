import type { TrainingConfig } from '../config/schema.js';
import type { EncodedCheckpoint } from '../runs/checkpoint-files.js';
import type { TrainingState } from '../training/training-state.js';

/** Where a training stands; plain JSON. */
export interface Moment {
  readonly state: TrainingState;
  readonly metrics: unknown;
}

export interface CheckpointWriterOptions {
  /** Copies all that the training is at this moment. */
  readonly take: (moment: Moment) => EncodedCheckpoint;
  /** @returns milliseconds for which it held up the training */
  readonly write: (checkpoint: EncodedCheckpoint) => Promise<number>;
  /** When a checkpoint is due. */
  readonly every: TrainingConfig['checkpoint'];
  /** What is on the disk already. */
  readonly saved?: TrainingState;
  /** In ms. */
  readonly now?: () => number;
}

/** A checkpoint is not taken before the training has gone on for so many times what the last one held it up: 2 %. */
const restFactor = 50;

/**
 * Saves a training while it goes on: copies of all numbers are taken between two steps, and written while the next steps are
 * made. One is written at a time.
 */
export class CheckpointWriter {
  readonly #options: CheckpointWriterOptions & { readonly now: () => number };
  #writing: Promise<void> | undefined;
  #failure: unknown;
  #lastAt: number;
  #stepsSince = 0;
  #heldUpMs = 0;
  #hasWritten = false;
  #saved: TrainingState | undefined;

  constructor({ now = () => performance.now(), ...options }: CheckpointWriterOptions) {
    this.#options = { ...options, now };
    this.#saved = options.saved;
    this.#lastAt = now();
  }

  /** Whether anything is on the disk that a kill would leave. */
  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  /** Why the last one could not be written, told once. */
  takeFailure(): unknown {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }

  /** To be called after each step: saves it if that is due. */
  afterStep(moment: () => Moment): void {
    this.#stepsSince += 1;
    if (this.#writing === undefined && this.#isDue()) this.#begin(moment());
  }

  /** Saves this moment, due or not: takes it as soon as the one before is written, then writes while the training goes on. */
  async save(moment: Moment): Promise<void> {
    await this.#writing;
    this.#begin(moment);
  }

  /**
   * Saves this moment and waits until that is done.
   *
   * @throws what kept it from being written
   */
  async saveNow(moment: Moment): Promise<void> {
    await this.settle();
    if (this.#saved === moment.state) return;
    await this.save(moment);
    await this.settle();
    const failure = this.takeFailure();
    if (failure !== undefined) throw failure;
  }

  /** Waits until nothing is being written. */
  async settle(): Promise<void> {
    await this.#writing;
  }

  #isDue(): boolean {
    const { every, now } = this.#options;
    const restedMs = now() - this.#lastAt;
    if (restedMs < restFactor * this.#heldUpMs) return false;
    return restedMs >= 1_000 * every.seconds || this.#stepsSince >= (every.steps ?? Number.POSITIVE_INFINITY);
  }

  #begin(moment: Moment): void {
    const { take, write, now } = this.#options;
    this.#stepsSince = 0;
    this.#writing = (async () => {
      const start = now();
      // The copies are made at once: nothing is awaited before.
      const checkpoint = take(moment);
      const takenMs = now() - start;
      this.#heldUpMs = takenMs + (await write(checkpoint));
      this.#hasWritten = true;
      this.#saved = moment.state;
    })()
      .catch((error) => {
        this.#failure = error;
      })
      .finally(() => {
        this.#lastAt = now();
        this.#writing = undefined;
      });
  }
}
