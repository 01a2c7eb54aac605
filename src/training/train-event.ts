import type { Figures } from '../tasks/figure.js';
import type { TrainingState } from './training-state.js';

/** What a training tells while it goes on. */
export type TrainEvent =
  | {
      readonly type: 'step';
      readonly epoch: number;
      readonly step: number;
      /** Steps of the epoch. */
      readonly steps: number;
      /** Mean of this step's examples. */
      readonly loss: number;
      /** Rate of this step; absent where a model is not learnt by rates. */
      readonly learningRate?: number;
      /** Over the epoch so far: loss, and what the task reports. */
      readonly means: Figures;
      /** Examples of the epoch that are done, and examples per second over its steps. */
      readonly examples: number;
      readonly examplesPerSecond: number;
      readonly state: TrainingState;
    }
  /** Begins to validate. */
  | { readonly type: 'validation'; readonly epoch: number; readonly examples: number; readonly total: number }
  /** Validated within an epoch. */
  | {
      readonly type: 'validated';
      readonly epoch: number;
      readonly step: number;
      readonly steps: number;
      /** Over the epoch so far, each step before its update. */
      readonly training: Figures;
      readonly validation: Figures;
      /** Of the epoch so far. */
      readonly seconds: number;
      /** Whether the model, as it is now, is the best so far. */
      readonly best: boolean;
      readonly state: TrainingState;
    }
  | {
      readonly type: 'epoch';
      readonly epoch: number;
      /** Over the epoch's steps, each before its update. */
      readonly training: Figures;
      /** Absent where nothing is held out. */
      readonly validation?: Figures;
      /** Of training and validation. */
      readonly seconds: number;
      /** Whether the model, as it is now, is the best so far. */
      readonly best: boolean;
      /** Why no epoch follows although `epochs` are not done; absent where that is not so. */
      readonly ended?: Ended;
      /** Where the next epoch begins. */
      readonly state: TrainingState;
    };

/** What ends a training before its epochs do. */
export type Ended = 'steps' | 'minutes' | 'earlyStopping';
