import { getBackend } from '@tensorflow/tfjs-core';
import type { TestFiles } from '../datasets/files/open-test-files.js';
import type { SplitName } from '../datasets/split.js';
import { measure, type TimedEvaluation } from '../evaluation/evaluate.js';
import { examplesToMeasure } from '../evaluation/examples-to-measure.js';
import { type Mistake, mistakesOf } from '../evaluation/mistakes.js';
import { type PredictRunOptions, predictRun } from '../evaluation/predict-run.js';
import { surveyTexts, type TextSurvey } from '../evaluation/survey-texts.js';
import { isPackagedRun } from '../runs/find-run.js';
import type { RunFolder } from '../runs/run-folder.js';
import { describeOwner, lockRun, trainerOf } from '../runs/run-lock.js';
import type { Task } from '../tasks/task.js';
import { writeReports } from './write-reports.js';

export interface EvaluateRunOptions extends Omit<PredictRunOptions, 'backend' | 'places' | 'keep'> {
  /** `test`, `validation`, or `train` to see how far the model has learnt its examples by heart. */
  split: SplitName;
  /** Files of one's own to measure on instead. */
  data?: TestFiles;
  /** Is told what the user should know of the examples. */
  onNote?: (note: string) => void;
  /** Where datasets are. */
  dataDir: string;
  /** How many of the most confident mistakes are told with their texts; default: none. */
  mistakes?: number;
  /** From which probability on labels are answered, instead of the thresholds that the run has. */
  threshold?: number;
  /** What computes, noted with the kept predictions; default: the current backend's name, one thread. */
  backend?: PredictRunOptions['backend'];
}

/** Figures of a run, what it was most sure of and had wrong, and what was found of the texts. */
export interface RunEvaluation extends TimedEvaluation {
  /** The split that was measured: `validation` where there is no test split. */
  readonly split: SplitName;
  /** As the figures were measured. */
  readonly task: Task;
  readonly mistakes: readonly Mistake[];
  /** Absent for data sets of word ids. */
  readonly survey?: TextSurvey;
}

/**
 * Evaluates a run's model on a split of the dataset that the run was trained on, read as the run's settings say. What
 * the model says of each example is kept in the run's folder, for comparisons, unless the examples are files of the user's; the figures of the test split go into its
 * report and model card.
 *
 * @param run settings, vocabulary, labels and model
 * @throws UserError when the run or the data is missing or damaged, or the two have other labels
 */
export async function evaluateRun(run: RunFolder, options: EvaluateRunOptions): Promise<RunEvaluation> {
  const { split, places, ofRun } = await examplesToMeasure(run, options);
  const backend = options.backend ?? { name: getBackend(), threads: 1 };
  const { threshold } = options;
  const task = await run.readTask({ threshold });
  const predictions = await predictRun(run, split, { ...options, backend, places, keep: ofRun });
  const evaluation = measure(predictions, task);
  // The reports tell of the run as it answers by itself.
  const isItself = ofRun && threshold === undefined && !isPackagedRun(run);
  if (isItself && split.name === 'test') await noteEvaluation(run, evaluation, options);
  const mistakes = await mistakesOf(predictions, { task, split, places, count: options.mistakes ?? 0 });
  const survey = await surveyTexts(run, split, { places });
  return { ...evaluation, split: split.name, task, mistakes, ...(survey && { survey }) };
}

/** A folder that cannot be written (a read-only disk), or that is not to be written, is measured all the same. */
async function noteEvaluation(
  run: RunFolder,
  evaluation: TimedEvaluation,
  { onNote = () => {} }: Pick<EvaluateRunOptions, 'onNote'>,
): Promise<void> {
  const trainer = await trainerOf(run.path);
  if (trainer) {
    onNote(
      `${run.path} is being trained by ${describeOwner(trainer)}: these are the figures of the model as it is now, and its report is left as it is`,
    );
    return;
  }
  // What is not proven stays so: a new run.json would say otherwise.
  if (run.isTrusted) return;
  try {
    const lock = await lockRun(run.path, 'reports');
    try {
      await writeReports(run, { evaluations: { test: evaluation } });
    } finally {
      await lock.release();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}
