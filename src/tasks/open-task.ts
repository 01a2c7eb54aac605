import type { Config, TaskName } from '../config/schema.js';
import type { Split } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import { classification } from './classification/classification.js';
import { checkThresholds, type Decision, withThreshold } from './decision.js';
import { monitor } from './monitor.js';
import { multiLabel } from './multi-label/multi-label.js';
import type { Task } from './task.js';

const tasks = { classification, multiLabel } satisfies Record<
  TaskName,
  (labels: readonly string[], decision?: Decision) => Task
>;

/**
 * The task of a config for the labels of its data.
 *
 * @param name `auto`, which stands in no run but those of the first version, is one label for each text
 * @param options.decision what was chosen after the training; default: no temperature, thresholds of one half
 * @param options.monitor `training.monitor` of the config: the figure that decides; default: the task's own choice
 * @param options.threshold takes the place of the thresholds that were chosen; default: those
 * @throws UserError when the task has no such figure, or no thresholds
 */
export function openTask(
  name: Config['task'],
  labels: readonly string[],
  { decision, monitor: figure = 'auto', threshold }: OpenTaskOptions = {},
): Task {
  const task = monitor(tasks[name === 'auto' ? 'classification' : name](labels, decision), figure);
  if (threshold === undefined) return task;
  checkThresholds(task);
  return openTask(name, labels, {
    monitor: figure,
    decision: withThreshold(decision, { threshold, columns: task.columns }),
  });
}

interface OpenTaskOptions {
  readonly decision?: Decision;
  readonly monitor?: string;
  readonly threshold?: number;
}

/**
 * The task that a config means for its data.
 *
 * @throws UserError when examples may have several labels, but the task gives each one
 */
export function resolveTask(name: Config['task'], { several = false }: Pick<Split, 'several'>): TaskName {
  if (name === 'auto') return several ? 'multiLabel' : 'classification';
  if (name === 'classification' && several) {
    throw new UserError(
      'task is classification, one label for each text, but the examples have lists of labels.',
      'Set task to multiLabel, or leave it out.',
    );
  }
  return name;
}
