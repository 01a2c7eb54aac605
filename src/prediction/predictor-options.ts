import type { BackendOptions } from '../backends/backend-choice.js';
import type { BackendName } from '../backends/backend-names.js';
import type { AnswerOptions } from './prediction.js';

export interface PredictorOptions extends AnswerOptions {
  /** Texts computed at once; changes the speed only. Default 64: enough to fill the kernels, few enough to answer soon. */
  readonly batchSize?: number;
  /** Labels are answered from this probability on, in the place of the run's own thresholds; for tasks that have some. */
  readonly threshold?: number;
}

export interface OpenPredictorOptions extends PredictorOptions, BackendOptions {
  /** What computes; default: the backend that computes already in this process, or `auto` where none does. */
  readonly backend?: BackendName;
  /** Where a run is looked for that is named without a path; default `models`. */
  readonly modelsDir?: string;
}
