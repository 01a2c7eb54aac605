import type { Config, TaskName } from '../config/schema.js';
import type { Split } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import { classification } from './classification/classification.js';
import type { Decision } from './decision.js';
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
 * @throws UserError when the task has no such figure
 */
export function openTask(
  name: Config['task'],
  labels: readonly string[],
  options: { decision?: Decision; monitor?: string } = {},
): Task {
  const task = tasks[name === 'auto' ? 'classification' : name](labels, options.decision);
  return monitor(task, options.monitor ?? 'auto');
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
