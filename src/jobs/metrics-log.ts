import type { MetricsRecord } from '../runs/metrics-file.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { TrainEvent } from '../training/train.js';
import type { TrainingState } from '../training/training-state.js';

type StepEvent = Extract<TrainEvent, { type: 'step' }>;
type ValidationEvent = Extract<TrainEvent, { type: 'validated' | 'epoch' }>;

/** Writes metrics.jsonl: a line for every group of steps (their mean loss), one for every validation and every epoch. */
export class MetricsLog {
  private group: StepEvent[] = [];
  private readonly stepsPerLine: number;

  /** @param options.stepsPerLine steps that share a line */
  constructor(
    private readonly run: RunFolder,
    { stepsPerLine }: { stepsPerLine: number },
  ) {
    this.stepsPerLine = stepsPerLine;
  }

  /** Drops the lines that a resumed training will write again; all of them where it begins anew. */
  async keepUpTo(state: TrainingState | undefined): Promise<void> {
    const records = await this.run.readMetrics();
    const kept = records.filter((record) => state && isBefore(record, state));
    if (kept.length < records.length) await this.run.writeMetrics(kept);
  }

  async step(event: StepEvent): Promise<void> {
    this.group.push(event);
    if (event.step % this.stepsPerLine === 0 || event.step === event.steps) await this.flush();
  }

  /** The end of an epoch, or a validation within one. */
  async validation({ state: _state, ...event }: ValidationEvent): Promise<void> {
    await this.flush();
    await this.run.appendMetrics(event);
  }

  /** Writes the group that is not full yet. */
  async flush(): Promise<void> {
    const last = this.group.at(-1);
    if (!last) return;
    const { epoch, step, means, learningRate, examplesPerSecond } = last;
    const loss = this.group.reduce((sum, event) => sum + event.loss, 0) / this.group.length;
    this.group = [];
    await this.run.appendMetrics({ type: 'step', epoch, step, loss, means, learningRate, examplesPerSecond });
  }
}

function isBefore(record: MetricsRecord, state: TrainingState): boolean {
  const { type } = record;
  const [epoch, step] = [Number(record.epoch), Number(record.step)];
  if (epoch !== state.epoch) return epoch < state.epoch;
  if (type === 'epoch') return false;
  // A step is told before it is validated.
  const isValidated = state.validated?.steps === state.steps;
  return step < state.step || (step === state.step && (type === 'step' || isValidated));
}
