import type { TaskName } from '../config/schema.js';
import type { Split } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';

/** @throws UserError where examples have lists of labels and the task gives each one label */
export function checkTargets({ name, several = false }: Split, task: TaskName): void {
  if (task !== 'classification' || !several) return;
  throw new UserError(
    `The examples of the ${name} split have several labels each, or none; the task "classification" gives each exactly one.`,
    'Keep one label for each example, or leave dataset.labelSeparator out so that each combination is a label.',
  );
}
