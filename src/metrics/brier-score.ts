/**
 * Brier score (Brier 1950, Monthly Weather Review 78): squared distance of the probabilities from the truth. Scikit-learn's
 * `brier_score_loss`: for two labels the mean of (p(label 1) - truth)^2, 0 to 1; for more the mean over rows of the sum over
 * labels, 0 to 2.
 *
 * @param labels true label of each row, `[rows]`
 * @param probabilities row-major `[rows, labels]`
 * @returns `NaN` for no rows
 * @throws RangeError when the probabilities do not make whole rows, or a label has no column
 */
export function brierScore(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  const rows = labels.length;
  const labelCount = rows === 0 ? 2 : probabilities.length / rows;
  if (!Number.isInteger(labelCount)) {
    throw new RangeError(`${probabilities.length} probabilities do not make ${rows} rows`);
  }
  let total = 0;
  for (let row = 0; row < rows; row += 1) {
    const truth = labels[row];
    if (!(Number.isInteger(truth) && truth >= 0 && truth < labelCount)) {
      throw new RangeError(`row ${row}: label ${truth}, expected 0 to ${labelCount - 1}`);
    }
    for (let label = 0; label < labelCount; label += 1) {
      total += (probabilities[row * labelCount + label] - (label === truth ? 1 : 0)) ** 2;
    }
  }
  return total / rows / (labelCount === 2 ? 2 : 1);
}
