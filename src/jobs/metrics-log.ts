import { createHash, type Hash } from 'node:crypto';
import type { FileMark } from '../runs/checksum.js';
import { keepMetrics } from '../runs/keep-metrics.js';
import type { MetricsRecord } from '../runs/metrics-file.js';
import type { Trust } from '../runs/read-verified.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { TrainEvent } from '../training/train.js';
import type { TrainingState } from '../training/training-state.js';

type StepEvent = Extract<TrainEvent, { type: 'step' }>;
type EpochEvent = Extract<TrainEvent, { type: 'epoch' }>;
type Step = Omit<StepEvent, 'state'>;

/** How far metrics.jsonl has come; plain JSON, for checkpoints. */
export interface MetricsPlace {
  /** The file as it is now. */
  readonly mark: FileMark;
  /** Steps that have no line yet. */
  readonly group: readonly Step[];
}

/** Steps that share a line: enough to see the curve, few enough to keep the file small. */
const stepsPerLine = 20;

/** Writes metrics.jsonl: a line for every group of steps (their mean loss) and one for every epoch. */
export class MetricsLog {
  private group: Step[] = [];
  private hash: Hash = createHash('sha256');
  private bytes = 0;

  constructor(private readonly run: RunFolder) {}

  get place(): MetricsPlace {
    return {
      mark: { bytes: this.bytes, sha256: this.hash.copy().digest('hex') },
      group: JSON.parse(JSON.stringify(this.group)),
    };
  }

  /**
   * Drops the lines that a resumed training will write again; all of them where it begins anew.
   *
   * @param options.place where the log was at that moment
   * @param options.force is told what is lost of a log that was changed; default: refuse it
   */
  async keepUpTo(
    state: TrainingState | undefined,
    { place, force }: { place?: MetricsPlace; force?: Trust } = {},
  ): Promise<void> {
    const isBefore = (record: MetricsRecord) => state !== undefined && precedes(record, state);
    this.count(await keepMetrics(this.run, { mark: place?.mark, isBefore, force }));
    this.group = [...(place?.group ?? [])];
  }

  async step({ state: _state, ...event }: StepEvent): Promise<void> {
    this.group.push(event);
    if (event.step % stepsPerLine === 0 || event.step === event.steps) await this.flush();
  }

  async epoch({ state: _state, ...event }: EpochEvent): Promise<void> {
    await this.append(event);
  }

  /** Writes the group that is not full yet. */
  async flush(): Promise<void> {
    const last = this.group.at(-1);
    if (!last) return;
    const { epoch, step, means, examplesPerSecond } = last;
    const loss = this.group.reduce((sum, event) => sum + event.loss, 0) / this.group.length;
    this.group = [];
    await this.append({ type: 'step', epoch, step, loss, means, examplesPerSecond });
  }

  private async append(record: MetricsRecord): Promise<void> {
    this.count(Buffer.from(await this.run.appendMetrics(record)));
  }

  private count(written: Buffer): void {
    this.hash.update(written);
    this.bytes += written.byteLength;
  }
}

function precedes(record: MetricsRecord, state: TrainingState): boolean {
  const epoch = Number(record.epoch);
  return (
    epoch < state.epoch ||
    (epoch === state.epoch && record.type === 'step' && Number(record.step) <= state.step)
  );
}
