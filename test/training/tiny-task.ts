import { openTask } from '../../src/tasks/open-task.js';
import type { ExampleLoss, Task } from '../../src/tasks/task.js';

/** Classification with two or more labels: `negative` and `positive`, `strange`, ... */
export function tinyTask(labelCount = 2): Task & { exampleLoss: ExampleLoss } {
  const labels = ['negative', 'positive', 'strange', 'long', 'short'].slice(0, labelCount);
  return openTask('classification', labels) as Task & { exampleLoss: ExampleLoss };
}
