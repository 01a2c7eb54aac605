/** Keras' `epsilon()`: probabilities are kept this far from 0 and 1 before the logarithm. */
const epsilon = 1e-7;

/**
 * Mean cross-entropy in nats: what Keras' `binary_crossentropy` (of two labels) and `sparse_categorical_crossentropy`
 * (of more) report, in 64-bit arithmetic.
 *
 * @param labels true label of each row, `[rows]`
 * @param probabilities row-major `[rows, labels]`
 * @returns mean of -log p(true label), p clipped to 1e-7 and 1 - 1e-7; `NaN` for no rows
 * @throws when the probabilities do not make whole rows, or a label has no column
 */
export function logLoss(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  const rows = labels.length;
  const labelCount = rows === 0 ? 1 : probabilities.length / rows;
  if (!Number.isInteger(labelCount)) {
    throw new RangeError(`${probabilities.length} probabilities do not make ${rows} rows`);
  }
  let total = 0;
  for (let row = 0; row < rows; row += 1) {
    const label = labels[row];
    if (!(label >= 0 && label < labelCount)) {
      throw new RangeError(`row ${row}: label ${label}, expected 0 to ${labelCount - 1}`);
    }
    const probability = probabilities[row * labelCount + label];
    total -= Math.log(Math.min(Math.max(probability, epsilon), 1 - epsilon));
  }
  return total / rows;
}
