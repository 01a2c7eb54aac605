import { createHash, type Hash } from 'node:crypto';
import type { FileMark } from '../runs/checksum.js';
import { keepMetrics } from '../runs/keep-metrics.js';
import type { MetricsRecord } from '../runs/metrics-file.js';
import type { Trust } from '../runs/read-verified.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { TrainEvent } from '../training/train.js';
import type { TrainingState } from '../training/training-state.js';

type StepEvent = Extract<TrainEvent, { type: 'step' }>;
type ValidationEvent = Extract<TrainEvent, { type: 'validated' | 'epoch' }>;
type Step = Omit<StepEvent, 'state'>;

/** How far metrics.jsonl has come; plain JSON, for checkpoints. */
export interface MetricsPlace {
  /** The file as it is now. */
  readonly mark: FileMark;
  /** Steps that have no line yet. */
  readonly group: readonly Step[];
}

/** Writes metrics.jsonl: a line for every group of steps (their mean loss), one for every validation and every epoch. */
export class MetricsLog {
  private group: Step[] = [];
  private readonly stepsPerLine: number;
  private hash: Hash = createHash('sha256');
  private bytes = 0;

  /** @param options.stepsPerLine steps that share a line */
  constructor(
    private readonly run: RunFolder,
    { stepsPerLine }: { stepsPerLine: number },
  ) {
    this.stepsPerLine = stepsPerLine;
  }

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
    if (event.step % this.stepsPerLine === 0 || event.step === event.steps) await this.flush();
  }

  /** The end of an epoch, or a validation within one. */
  async validation({ state: _state, ...event }: ValidationEvent): Promise<void> {
    await this.flush();
    await this.append(event);
  }

  /** Writes the group that is not full yet. */
  async flush(): Promise<void> {
    const last = this.group.at(-1);
    if (!last) return;
    const { epoch, step, means, learningRate, gradientNorm, examplesPerSecond } = last;
    const loss = this.group.reduce((sum, event) => sum + event.loss, 0) / this.group.length;
    this.group = [];
    await this.append({
      type: 'step',
      epoch,
      step,
      loss,
      means,
      learningRate,
      gradientNorm,
      examplesPerSecond,
    });
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
  const { type } = record;
  const [epoch, step] = [Number(record.epoch), Number(record.step)];
  if (epoch !== state.epoch) return epoch < state.epoch;
  if (type === 'epoch') return false;
  // A step is told before it is validated.
  const isValidated = state.validated?.steps === state.steps;
  return step < state.step || (step === state.step && (type === 'step' || isValidated));
}
