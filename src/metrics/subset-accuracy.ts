import { matrixRows } from './matrix-rows.js';

/**
 * Share of rows whose set of labels is predicted without any mistake: scikit-learn's `accuracy_score` of several labels
 * at once.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param predicted 1 where it was predicted, else 0; `[rows, labels]`
 * @param options.labelCount number of labels
 * @returns 0 to 1; `NaN` for no rows
 * @throws RangeError when the two differ in length or do not make whole rows
 */
export function subsetAccuracy(
  targets: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: { labelCount: number },
): number {
  const { labelCount } = options;
  const rows = matrixRows(targets, predicted, options);
  let equal = 0;
  for (let row = 0; row < rows; row += 1) {
    const end = (row + 1) * labelCount;
    let index = row * labelCount;
    while (index < end && targets[index] === predicted[index]) index += 1;
    if (index === end) equal += 1;
  }
  return equal / rows;
}
