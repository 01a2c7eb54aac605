import type { Figures } from '../tasks/figure.js';

/** One epoch's line of metrics.jsonl. */
export interface EpochPoint {
  readonly epoch: number;
  readonly training: Figures;
  /** Missing when nothing is held out. */
  readonly validation?: Figures;
  readonly seconds: number;
  /** Whether the weights after this epoch were the best until then; the last such epoch's are kept. */
  readonly best: boolean;
}

/** Mean loss of the examples up to a step since the step before it. */
export interface StepPoint {
  /** Counted through all epochs, from 1. */
  readonly step: number;
  readonly loss: number;
}

type MetricsRecords = readonly Readonly<Record<string, unknown>>[];

/** The epochs in metrics.jsonl. */
export function epochPoints(records: MetricsRecords): EpochPoint[] {
  return records.filter((record) => record.type === 'epoch') as unknown as EpochPoint[];
}

/** The epoch whose weights are the run's; `undefined` before the first one has ended. */
export function keptEpoch(epochs: readonly EpochPoint[]): EpochPoint | undefined {
  return epochs.findLast((epoch) => epoch.best);
}

/** The steps in metrics.jsonl, counted on through the epochs where each epoch counts from 1 again. */
export function stepPoints(records: MetricsRecords): StepPoint[] {
  let [before, last] = [0, 0];
  return records
    .filter((record) => record.type === 'step' && Number.isFinite(record.loss))
    .map((record) => {
      const step = record.step as number;
      if (step <= last) before += last;
      last = step;
      return { step: before + step, loss: record.loss as number };
    });
}

/** Exponential moving average, the weights of early points put right as in Adam (Kingma and Ba, 2015). */
export function smoothed(values: readonly number[], { keep = 0.9 }: { keep?: number } = {}): number[] {
  let average = 0;
  return values.map((value, index) => {
    average = keep * average + (1 - keep) * value;
    return average / (1 - keep ** (index + 1));
  });
}
