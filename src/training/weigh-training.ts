import type { EncodedSplit } from '../batches/encoded-split.js';
import type { TrainingConfig } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import type { LossSettings, Task } from '../tasks/task.js';
import { classWeightsOf } from './class-weights.js';

/** Training examples with the weights that count, and how their targets count. */
export interface WeighedTraining {
  readonly training: EncodedSplit;
  readonly lossSettings: LossSettings;
}

/**
 * Folds weights of labels and weights of examples into one weight an example, or into what the task has for it. Only what
 * is trained on is weighed: validation and evaluation count every example once.
 *
 * @throws UserError when a label is unknown or cannot be weighed, or when nothing counts at all
 */
export function weighTraining(
  training: EncodedSplit,
  { classWeights, labelSmoothing }: Pick<TrainingConfig, 'classWeights' | 'labelSmoothing'>,
  task: Task,
): WeighedTraining {
  const smoothing = labelSmoothing === 0 ? {} : { smoothing: labelSmoothing };
  const own = training.weights;
  if (own?.every((weight) => weight === 0)) throw nothingCounts();
  if (classWeights === 'none') return { training, lossSettings: smoothing };
  if (!task.weighLabels) throw noLabels(task);
  const weights = classWeightsOf(classWeights, task.labels);
  const { examples, positives } = task.weighLabels(training.targets, weights, { own });
  return {
    training: examples ? { ...training, weights: examples } : training,
    lossSettings: { ...smoothing, ...(positives && { positiveWeights: positives }) },
  };
}

function nothingCounts(): UserError {
  return new UserError(
    'All training examples have the weight 0: there is nothing to learn',
    'Give at least one of them a weight above 0.',
  );
}

function noLabels(task: Task): UserError {
  return new UserError(
    `training.classWeights is set, but task ${task.name} has no labels to weigh`,
    'Set training.classWeights to none.',
  );
}
