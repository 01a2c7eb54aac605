import type { Targets } from '../batches/targets.js';
import { UserError } from '../errors/user-error.js';
import { labelProbabilities } from '../tasks/classification/label-columns.js';
import type { Task } from '../tasks/task.js';
import type { LabelledProbabilities } from './labelled-probabilities.js';

/** One thing that is asked of every example, with one answer of several. */
export interface LabelQuestion {
  /** Names of the answers, by index. */
  readonly names: readonly string[];
  readonly data: LabelledProbabilities;
}

/**
 * What a task asks of examples: which label, of two or more.
 *
 * @param answers outputs of a model, row-major `[examples, columns]`, and the given labels
 * @throws UserError for a task whose answers are no labels of whole texts
 */
export function labelQuestions(
  task: Task,
  { outputs, targets }: { outputs: Float32Array; targets: Targets },
): LabelQuestion[] {
  const { labels: names } = task;
  if (task.name === 'classification' && targets.offsets === undefined) {
    const labelCount = names.length;
    const rows = targets.values.length;
    const probabilities = labelProbabilities(outputs, { rows, labelCount });
    return [{ names, data: { labels: targets.values, probabilities, labelCount } }];
  }
  throw new UserError(
    `Wrong labels cannot be looked for where the task is ${task.name}: an example has no one label there.`,
    'Use a run whose task is classification.',
  );
}
