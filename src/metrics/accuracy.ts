/**
 * Share of rows whose predicted label is the true one; `NaN` for no rows.
 *
 * @param labels true label of each row, `[rows]`
 * @param predicted predicted label of each row, `[rows]`
 */
export function accuracy(labels: ArrayLike<number>, predicted: ArrayLike<number>): number {
  return countCorrect(labels, predicted) / labels.length;
}

/**
 * Number of rows whose predicted label is the true one.
 *
 * @throws when the two arrays differ in length
 */
export function countCorrect(labels: ArrayLike<number>, predicted: ArrayLike<number>): number {
  if (labels.length !== predicted.length) {
    throw new RangeError(`${labels.length} labels, but ${predicted.length} predictions`);
  }
  let correct = 0;
  for (let row = 0; row < labels.length; row += 1) if (labels[row] === predicted[row]) correct += 1;
  return correct;
}
