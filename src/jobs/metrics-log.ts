import type { MetricsRecord } from '../runs/metrics-file.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { TrainEvent } from '../training/train.js';
import type { TrainingState } from '../training/training-state.js';

type StepEvent = Extract<TrainEvent, { type: 'step' }>;
type EpochEvent = Extract<TrainEvent, { type: 'epoch' }>;

/** Steps that share a line: enough to see the curve, few enough to keep the file small. */
const stepsPerLine = 20;

/** Writes metrics.jsonl: a line for every group of steps (their mean loss) and one for every epoch. */
export class MetricsLog {
  private group: StepEvent[] = [];

  constructor(private readonly run: RunFolder) {}

  /** Drops the lines that a resumed training will write again; all of them where it begins anew. */
  async keepUpTo(state: TrainingState | undefined): Promise<void> {
    const records = await this.run.readMetrics();
    const kept = records.filter((record) => state && isBefore(record, state));
    if (kept.length < records.length) await this.run.writeMetrics(kept);
  }

  async step(event: StepEvent): Promise<void> {
    this.group.push(event);
    if (event.step % stepsPerLine === 0 || event.step === event.steps) await this.flush();
  }

  async epoch({ state: _state, ...event }: EpochEvent): Promise<void> {
    await this.run.appendMetrics(event);
  }

  /** Writes the group that is not full yet. */
  async flush(): Promise<void> {
    const last = this.group.at(-1);
    if (!last) return;
    const { epoch, step, means, examplesPerSecond } = last;
    const loss = this.group.reduce((sum, event) => sum + event.loss, 0) / this.group.length;
    this.group = [];
    await this.run.appendMetrics({ type: 'step', epoch, step, loss, means, examplesPerSecond });
  }
}

function isBefore(record: MetricsRecord, state: TrainingState): boolean {
  const epoch = Number(record.epoch);
  return (
    epoch < state.epoch ||
    (epoch === state.epoch && record.type === 'step' && Number(record.step) <= state.step)
  );
}
