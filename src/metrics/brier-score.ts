/**
 * Brier score (Brier 1950, Monthly Weather Review 78): squared distance of the probabilities from the truth. Scikit-learn's
 * `brier_score_loss`: for two labels, in one column or two, the mean of (p(label 1) - truth)^2, 0 to 1; for more labels
 * the mean over rows of the sum over labels, 0 to 2.
 *
 * @param labels true label of each row, `[rows]`
 * @param probabilities row-major `[rows, columns]`; one column holds the probability of label 1
 * @returns `NaN` for no rows
 * @throws RangeError when the probabilities do not make whole rows, or a label has no column
 */
export function brierScore(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  const rows = labels.length;
  const columns = rows === 0 ? 1 : probabilities.length / rows;
  if (!Number.isInteger(columns)) {
    throw new RangeError(`${probabilities.length} probabilities do not make ${rows} rows`);
  }
  const labelCount = Math.max(columns, 2);
  let total = 0;
  for (let row = 0; row < rows; row += 1) {
    const label = labels[row];
    if (!(Number.isInteger(label) && label >= 0 && label < labelCount)) {
      throw new RangeError(`row ${row}: label ${label}, expected 0 to ${labelCount - 1}`);
    }
    // A single column is label 1's.
    const hot = columns === 1 ? label - 1 : label;
    for (let column = 0; column < columns; column += 1) {
      total += (probabilities[row * columns + column] - (column === hot ? 1 : 0)) ** 2;
    }
  }
  return total / rows / (columns === 2 ? 2 : 1);
}
