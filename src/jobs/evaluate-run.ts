import { getBackend } from '@tensorflow/tfjs-core';
import type { SplitName } from '../datasets/split.js';
import { measure, type TimedEvaluation } from '../evaluation/evaluate.js';
import { type Mistake, mistakesOf } from '../evaluation/mistakes.js';
import { openSplitOfRun, type PredictRunOptions, predictRun } from '../evaluation/predict-run.js';
import { isPackagedRun } from '../runs/find-run.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Task } from '../tasks/task.js';
import { writeReports } from './write-reports.js';

export interface EvaluateRunOptions extends Omit<PredictRunOptions, 'backend'> {
  /** `test`, or `train` to see how far the model has learnt its examples by heart. */
  split: SplitName;
  /** Where datasets are. */
  dataDir: string;
  /** How many of the most confident mistakes are told with their texts; default: none. */
  mistakes?: number;
  /** From which probability on labels are answered, instead of the thresholds that the run has. */
  threshold?: number;
  /** What computes, noted with the kept predictions; default: the current backend's name, one thread. */
  backend?: PredictRunOptions['backend'];
}

/** Figures of a run, and what it was most sure of and had wrong. */
export interface RunEvaluation extends TimedEvaluation {
  /** As the figures were measured. */
  readonly task: Task;
  readonly mistakes: readonly Mistake[];
}

/**
 * Evaluates a run's model on a split of the dataset that the run was trained on, read as the run's settings say. What
 * the model says of each example is kept in the run's folder, for comparisons; the figures of the test split go into its
 * report and model card.
 *
 * @param run settings, vocabulary, labels and model
 * @throws UserError when the run or the data is missing or damaged, or the two have other labels
 */
export async function evaluateRun(run: RunFolder, options: EvaluateRunOptions): Promise<RunEvaluation> {
  const split = await openSplitOfRun(run, options);
  const backend = options.backend ?? { name: getBackend(), threads: 1 };
  const { threshold } = options;
  const task = await run.readTask({ threshold });
  const predictions = await predictRun(run, split, { ...options, backend });
  const evaluation = measure(predictions, task);
  // The reports tell of the run as it answers by itself.
  const isReported = options.split === 'test' && threshold === undefined && !isPackagedRun(run);
  if (isReported) await noteEvaluation(run, evaluation);
  return {
    ...evaluation,
    task,
    mistakes: await mistakesOf(predictions, { task, split, count: options.mistakes ?? 0 }),
  };
}

/** A folder that cannot be written (a read-only disk) is measured all the same. */
async function noteEvaluation(run: RunFolder, evaluation: TimedEvaluation): Promise<void> {
  try {
    await writeReports(run, { evaluations: { test: evaluation } });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}
