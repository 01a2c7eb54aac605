import { countCorrect } from './accuracy.js';
import { predictedLabels } from './predicted-labels.js';

/**
 * Share of rows whose true label is among the `k` with the highest probabilities: scikit-learn's
 * `top_k_accuracy_score`. Of equal probabilities the label of the higher number comes first there, and so it does here;
 * `predictedLabels` takes the lower one, so that with ties `k: 1` may differ from the accuracy.
 *
 * @param labels true label of each row, `[rows]`
 * @param probabilities row-major `[rows, labels]`; of two labels label 1 comes first above 0.5, as scikit-learn has it
 * @param options.k 1 or more; from the number of labels on, every row counts
 * @returns 0 to 1; `NaN` for no rows
 * @throws RangeError when the probabilities do not make whole rows, a label has no column, or `k` is no count
 */
export function topKAccuracy(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: { k: number },
): number {
  const { k } = options;
  if (!(Number.isInteger(k) && k >= 1)) throw new RangeError(`k is ${k}, expected 1 or more`);
  const rows = labels.length;
  const columns = rows === 0 ? 2 : probabilities.length / rows;
  if (!Number.isInteger(columns)) {
    throw new RangeError(`${probabilities.length} probabilities do not make ${rows} rows`);
  }
  if (columns === 2) return (k === 1 ? countCorrect(labels, predictedLabels(probabilities, 2)) : rows) / rows;
  let found = 0;
  for (let row = 0; row < rows; row += 1) {
    const label = labels[row];
    if (!(Number.isInteger(label) && label >= 0 && label < columns)) {
      throw new RangeError(`row ${row}: label ${label}, expected 0 to ${columns - 1}`);
    }
    const ofLabel = probabilities[row * columns + label];
    let before = 0;
    for (let column = 0; column < columns; column += 1) {
      const other = probabilities[row * columns + column];
      if (other > ofLabel || (other === ofLabel && column > label)) before += 1;
    }
    if (before < k) found += 1;
  }
  return found / rows;
}
