import type { RandomState } from '../random/random.js';
import type { Figures } from '../tasks/figure.js';

/** Where a training stands, beyond the weights: enough to go on as if it had never stopped. Plain JSON. */
export interface TrainingState {
  /** Number of the epoch that is running, from 1. */
  readonly epoch: number;
  /** Steps of it that are done. */
  readonly step: number;
  /** The shuffling's random numbers as they were when the epoch began. */
  readonly random: RandomState;
  /** The dropout's random numbers as they are now; absent where nothing can be dropped. */
  readonly dropout?: RandomState;
  /** Over the steps that are done. */
  readonly sums: EpochSums;
  /** Seconds that the epoch has taken so far. */
  readonly seconds: number;
  /** The epoch whose weights are kept, once there is one. */
  readonly best?: BestEpoch;
}

/** What an epoch has added up. */
export interface EpochSums {
  readonly examples: number;
  /** Of each step's mean loss times its examples. */
  readonly loss: number;
  /** What the task counts. */
  readonly counts: Figures;
}

export interface BestEpoch {
  readonly epoch: number;
  /** Absent without a validation split: then the last epoch is the best. */
  readonly validation?: Figures;
}

/** The sums with a step's result added. */
export function withStep(
  sums: EpochSums,
  { loss, counts }: { loss: number; counts: Figures },
  examples: number,
): EpochSums {
  const names = Object.keys({ ...sums.counts, ...counts });
  return {
    examples: sums.examples + examples,
    loss: sums.loss + loss * examples,
    counts: Object.fromEntries(names.map((name) => [name, (sums.counts[name] ?? 0) + (counts[name] ?? 0)])),
  };
}
