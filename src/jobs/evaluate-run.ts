import { getBackend } from '@tensorflow/tfjs-core';
import type { SplitName } from '../datasets/split.js';
import { measure, type TimedEvaluation } from '../evaluation/evaluate.js';
import { openSplitOfRun, type PredictRunOptions, predictRun } from '../evaluation/predict-run.js';
import { surveyTexts, type TextSurvey } from '../evaluation/survey-texts.js';
import { isPackagedRun } from '../runs/find-run.js';
import type { RunFolder } from '../runs/run-folder.js';
import { writeReports } from './write-reports.js';

export interface EvaluateRunOptions extends Omit<PredictRunOptions, 'backend'> {
  /** `test`, or `train` to see how far the model has learnt its examples by heart. */
  split: SplitName;
  /** Where datasets are. */
  dataDir: string;
  /** What computes, noted with the kept predictions; default: the current backend's name, one thread. */
  backend?: PredictRunOptions['backend'];
}

/** Figures of a run, and what was found of the texts. */
export interface RunEvaluation extends TimedEvaluation {
  /** Absent for data sets of word ids. */
  readonly survey?: TextSurvey;
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
  const evaluation = measure(await predictRun(run, split, { ...options, backend }), await run.readTask());
  if (options.split === 'test' && !isPackagedRun(run)) await noteEvaluation(run, evaluation);
  const survey = await surveyTexts(run, split);
  return { ...evaluation, ...(survey && { survey }) };
}

/** A folder that cannot be written (a read-only disk) is measured all the same. */
async function noteEvaluation(run: RunFolder, evaluation: TimedEvaluation): Promise<void> {
  try {
    await writeReports(run, { evaluations: { test: evaluation } });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}
