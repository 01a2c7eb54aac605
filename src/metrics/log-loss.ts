/** Keras' `epsilon()`: probabilities are kept this far from 0 and 1 before the logarithm. */
const epsilon = 1e-7;

/**
 * Mean cross-entropy in nats: what Keras' `binary_crossentropy` (one column) and `sparse_categorical_crossentropy`
 * (several) report, in 64-bit arithmetic. Where a row has several labels at once, give targets and probabilities as they
 * are, flat `[rows, labels]`: the mean over rows and labels is what Keras' `binary_crossentropy` makes of them.
 *
 * @param labels true label of each row, `[rows]`
 * @param probabilities row-major `[rows, columns]`; one column holds the probability of label 1
 * @param options.clip how far from 0 and 1 probabilities are kept, 1e-7 unless told otherwise as Keras has it;
 *   `Number.EPSILON` is scikit-learn's `log_loss` of float64
 * @returns mean of -log p(true label), p clipped; `NaN` for no rows
 * @throws when the probabilities do not make whole rows, or a label has no column
 */
export function logLoss(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: { clip?: number } = {},
): number {
  const { clip = epsilon } = options;
  const rows = labels.length;
  const columns = rows === 0 ? 1 : probabilities.length / rows;
  if (!Number.isInteger(columns)) {
    throw new RangeError(`${probabilities.length} probabilities do not make ${rows} rows`);
  }
  const labelCount = Math.max(columns, 2);
  let total = 0;
  for (let row = 0; row < rows; row += 1) {
    const label = labels[row];
    if (!(label >= 0 && label < labelCount)) {
      throw new RangeError(`row ${row}: label ${label}, expected 0 to ${labelCount - 1}`);
    }
    const probability = probabilities[columns === 1 ? row : row * columns + label];
    const ofLabel = columns === 1 && label === 0 ? 1 - probability : probability;
    total -= Math.log(Math.min(Math.max(ofLabel, clip), 1 - clip));
  }
  return total / rows;
}
