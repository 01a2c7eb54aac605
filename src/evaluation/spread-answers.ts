import { labelProbabilities } from '../tasks/classification/label-columns.js';
import type { Task } from '../tasks/task.js';

/**
 * What a model said, as the outputs of a model that tells more labels apart: to the others it gives no probability at all.
 *
 * @param outputs row-major `[rows, columns of the task]`
 * @param labelCount all labels, of which the task's are the first
 * @returns row-major `[rows, labels]`, or the outputs as they are where there are no others
 */
export function spreadAnswers(
  outputs: Float32Array,
  { task, labelCount }: { readonly task: Task; readonly labelCount: number },
): Float32Array {
  const former = task.labels.length;
  if (former === labelCount) return outputs;
  const rows = outputs.length / task.columns;
  const probabilities = task.exclusive ? labelProbabilities(outputs, { rows, labelCount: former }) : outputs;
  const spread = new Float32Array(rows * labelCount);
  for (let row = 0; row < rows; row++) {
    for (let label = 0; label < former; label++) {
      spread[row * labelCount + label] = probabilities[row * former + label];
    }
  }
  return spread;
}
