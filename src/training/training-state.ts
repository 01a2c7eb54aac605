import type { RandomState } from '../random/random.js';

/** Where a training stands, beyond the weights: enough to go on as if it had never stopped. Plain JSON. */
export interface TrainingState {
  /** Number of the epoch that is running, from 1. */
  epoch: number;
  /** Steps of it that are done. */
  step: number;
  /** The shuffling's random numbers as they were when the epoch began. */
  random: RandomState;
  /** The dropout's random numbers as they are now; absent where nothing can be dropped. */
  dropout?: RandomState;
  /** Over the steps that are done. */
  sums: { loss: number; correct: number; examples: number };
  /** Seconds that the epoch has taken so far. */
  seconds: number;
  /** The epoch whose weights are kept, once there is one. */
  best?: BestEpoch;
}

export interface BestEpoch {
  epoch: number;
  /** Absent without a validation split: then the last epoch is the best. */
  validationLoss?: number;
  validationAccuracy?: number;
}
