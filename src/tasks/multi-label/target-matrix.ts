import { type Targets, targetsOfExample } from '../../batches/targets.js';

/**
 * Lists of labels as yes and no.
 *
 * @param examples those that are wanted, in the order of the rows
 * @returns 1 where the example has the label, else 0; row-major `[rows, labels]`
 * @throws RangeError when a label is not a whole number from 0 to `labelCount - 1`
 */
export function targetMatrix(
  targets: Targets,
  examples: ArrayLike<number>,
  { labelCount }: { labelCount: number },
): Uint8Array {
  const matrix = new Uint8Array(examples.length * labelCount);
  for (let row = 0; row < examples.length; row++) {
    for (const label of targetsOfExample(targets, examples[row])) {
      if (label < 0 || label >= labelCount) {
        throw new RangeError(`example ${examples[row]}: label ${label}, expected 0 to ${labelCount - 1}`);
      }
      matrix[row * labelCount + label] = 1;
    }
  }
  return matrix;
}
