/** Keras' `epsilon()`: probabilities are kept this far from 0 and 1 before the logarithm. */
const epsilon = 1e-7;

export interface LogLossOptions {
  /** How far from 0 and 1 probabilities are kept; 1e-7 as in Keras, `Number.EPSILON` is scikit-learn's of float64. */
  readonly clip?: number;
}

/**
 * Mean cross-entropy in nats: what Keras' `binary_crossentropy` (of two labels) and `sparse_categorical_crossentropy`
 * (of more) report, in 64-bit arithmetic.
 *
 * @param labels true label of each row, `[rows]`
 * @param probabilities row-major `[rows, labels]`
 * @returns mean of -log p(true label), p clipped; `NaN` for no rows
 * @throws when the probabilities do not make whole rows, or a label has no column
 */
export function logLoss(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { clip = epsilon }: LogLossOptions = {},
): number {
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
    total -= clippedLog(probabilities[row * labelCount + label], clip);
  }
  return total / rows;
}

/**
 * Mean cross-entropy in nats where a row has several labels at once: the mean over rows and labels of what each label's own
 * yes or no costs, as Keras' `binary_crossentropy` averages.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param probabilities alike
 * @returns `NaN` for no rows
 * @throws when the two differ in length
 */
export function binaryLogLoss(
  targets: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { clip = epsilon }: LogLossOptions = {},
): number {
  if (targets.length !== probabilities.length) {
    throw new RangeError(`${targets.length} targets, but ${probabilities.length} probabilities`);
  }
  let total = 0;
  for (let place = 0; place < targets.length; place += 1) {
    const probability = probabilities[place];
    total -= clippedLog(targets[place] === 1 ? probability : 1 - probability, clip);
  }
  return total / targets.length;
}

function clippedLog(probability: number, clip: number): number {
  return Math.log(Math.min(Math.max(probability, clip), 1 - clip));
}
