import { type Targets, targetsOfExample } from '../batches/targets.js';
import { UserError } from '../errors/user-error.js';
import { labelProbabilities } from '../tasks/classification/label-columns.js';
import type { Task } from '../tasks/task.js';
import type { LabelledProbabilities } from './labelled-probabilities.js';

/** What a model answers to one question about examples, which has one answer of several. */
export interface LabelAnswers {
  /** Names of the answers, by index. */
  readonly names: readonly string[];
  /** Row-major `[examples, answers]`. */
  readonly probabilities: Float64Array;
}

/** One question about examples, with the answers that a model and that people have given. */
export interface LabelQuestion {
  readonly names: readonly string[];
  readonly data: LabelledProbabilities;
}

/**
 * What a task asks of each example: which label it has, of two or more; or, where it has several at once, of each label
 * whether it has it.
 *
 * @param outputs of a model, row-major `[examples, columns]`
 * @throws UserError for a task whose answers are no labels of whole texts
 */
export function labelAnswers(task: Task, outputs: Float32Array): LabelAnswers[] {
  const { labels, columns } = task;
  const rows = outputs.length / columns;
  if (task.name === 'multiLabel') {
    return labels.map((name, label) => {
      const probabilities = new Float64Array(2 * rows);
      for (let row = 0; row < rows; row++) {
        probabilities[2 * row] = 1 - outputs[row * columns + label];
        probabilities[2 * row + 1] = outputs[row * columns + label];
      }
      return { names: [`not ${name}`, name], probabilities };
    });
  }
  if (task.name === 'classification') {
    const labelCount = labels.length;
    return [{ names: labels, probabilities: labelProbabilities(outputs, { rows, labelCount }) }];
  }
  throw new UserError(
    `A text has no labels of its own where the task is ${task.name}.`,
    'Use a run whose task is classification.',
  );
}

/**
 * The questions of {@link labelAnswers} with the labels that the examples have been given.
 *
 * @throws UserError for a task whose answers are no labels of whole texts
 */
export function labelQuestions(
  task: Task,
  { outputs, targets }: { outputs: Float32Array; targets: Targets },
): LabelQuestion[] {
  const isSeveral = task.name === 'multiLabel';
  return labelAnswers(task, outputs).map(({ names, probabilities }, question) => {
    const labelCount = names.length;
    const rows = probabilities.length / labelCount;
    const labels = isSeveral
      ? Int32Array.from({ length: rows }, (_, row) =>
          Number(targetsOfExample(targets, row).includes(question)),
        )
      : targets.values;
    return { names, data: { labels, probabilities, labelCount } };
  });
}
