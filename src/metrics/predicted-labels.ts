/**
 * Label with the highest probability, row by row.
 *
 * One column is the probability of label 1 (a sigmoid): label 1 when it is above 0.5, as Keras' `BinaryAccuracy` has
 * it. Several columns (a softmax): the first of the highest, as `argmax` has it.
 *
 * @param probabilities row-major `[rows, columns]`
 * @param columns 1 for a sigmoid, else the number of labels
 * @returns label of each row, `[rows]`
 */
export function predictedLabels(probabilities: ArrayLike<number>, columns: number): Int32Array {
  const rows = probabilities.length / columns;
  if (!Number.isInteger(rows)) {
    throw new RangeError(`${probabilities.length} probabilities do not make rows of ${columns}`);
  }
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const start = row * columns;
    if (columns === 1) {
      labels[row] = probabilities[start] > 0.5 ? 1 : 0;
      continue;
    }
    let best = 0;
    for (let column = 1; column < columns; column += 1) {
      if (probabilities[start + column] > probabilities[start + best]) best = column;
    }
    labels[row] = best;
  }
  return labels;
}
