import type { TaskName } from '../config/schema.js';
import { classification } from './classification/classification.js';
import type { Task } from './task.js';

const tasks = { classification } satisfies Record<TaskName, (labels: readonly string[]) => Task>;

/** The task of a config for the labels of its data. */
export function openTask(name: TaskName, labels: readonly string[]): Task {
  return tasks[name](labels);
}
