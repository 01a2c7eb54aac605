/**
 * Label with the highest probability, row by row, the first of equal ones, as `argmax` has it; of two labels so the second
 * one where its probability is above 0.5, as in Keras' `BinaryAccuracy`.
 *
 * @param probabilities row-major `[rows, labels]`
 * @param labelCount number of labels
 * @returns label of each row, `[rows]`
 * @throws RangeError when the probabilities do not make whole rows
 */
export function predictedLabels(probabilities: ArrayLike<number>, labelCount: number): Int32Array {
  const rows = probabilities.length / labelCount;
  if (!Number.isInteger(rows)) {
    throw new RangeError(`${probabilities.length} probabilities do not make rows of ${labelCount}`);
  }
  const labels = new Int32Array(rows);
  for (let row = 0; row < rows; row += 1) {
    const start = row * labelCount;
    let best = 0;
    for (let label = 1; label < labelCount; label += 1) {
      if (probabilities[start + label] > probabilities[start + best]) best = label;
    }
    labels[row] = best;
  }
  return labels;
}
