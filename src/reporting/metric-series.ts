import type { Figures } from '../tasks/figure.js';

/** What metrics.jsonl has of the end of an epoch, or of a validation within one. */
export interface EpochPoint {
  /** From 1; within an epoch it is broken: 2.5 after half of the third. */
  readonly epoch: number;
  /** Steps of the epoch that were done; absent at its end. */
  readonly step?: number;
  readonly training: Figures;
  /** Missing when nothing is held out. */
  readonly validation?: Figures;
  readonly seconds: number;
  /** Whether the weights after it were the best until then; the last such ones are kept. */
  readonly best: boolean;
}

/** Mean loss of the examples up to a step since the step before it. */
export interface StepPoint {
  /** Counted through all epochs, from 1. */
  readonly step: number;
  readonly loss: number;
}

type MetricsRecords = readonly Readonly<Record<string, unknown>>[];

/** The epochs in metrics.jsonl, and the validations within them. */
export function epochPoints(records: MetricsRecords): EpochPoint[] {
  return records.flatMap((record) => {
    const point = record as unknown as EpochPoint & { steps: number };
    if (record.type === 'epoch') return [point];
    if (record.type === 'validated')
      return [{ ...point, epoch: point.epoch - 1 + point.step! / point.steps }];
    return [];
  });
}

/** How many epochs have ended; validations within one are not counted. */
export function endedEpochs(points: readonly EpochPoint[]): number {
  return points.filter(({ step }) => step === undefined).length;
}

/** The epoch whose weights are the run's; `undefined` before the first one has ended. */
export function keptEpoch(epochs: readonly EpochPoint[]): EpochPoint | undefined {
  return epochs.findLast((epoch) => epoch.best);
}

/** `epoch 3`, or `epoch 2.50` within the third one. */
export function placeText({ epoch, step }: Pick<EpochPoint, 'epoch' | 'step'>): string {
  return `epoch ${step === undefined ? epoch : epoch.toFixed(2)}`;
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
