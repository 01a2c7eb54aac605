import { getBackend } from '@tensorflow/tfjs-core';
import type { SplitName } from '../datasets/split.js';
import type { RunFolder } from '../runs/run-folder.js';
import { type Evaluation, measure } from './measure.js';
import { openSplitOfRun, type PredictRunOptions, predictRun } from './predict-run.js';

export interface EvaluateRunOptions extends Omit<PredictRunOptions, 'backend'> {
  /** `test`, or `train` to see how far the model has learnt its examples by heart. */
  split: SplitName;
  /** Where datasets are. */
  dataDir: string;
  /** What computes, noted with the kept predictions; default: the current backend's name, one thread. */
  backend?: PredictRunOptions['backend'];
}

/**
 * Evaluates a run's model on a split of the dataset that the run was trained on, read as the run's settings say. What
 * the model says of each example is kept in the run's folder, for comparisons.
 *
 * @param run settings, vocabulary, labels and model
 * @throws UserError when the run or the data is missing or damaged, or the two have other labels
 */
export async function evaluateRun(run: RunFolder, options: EvaluateRunOptions): Promise<Evaluation> {
  const split = await openSplitOfRun(run, options);
  const backend = options.backend ?? { name: getBackend(), threads: 1 };
  return measure(await predictRun(run, split, { ...options, backend }), split.labels);
}
