import { predictedLabels } from './predicted-labels.js';

/**
 * Probability of the predicted label, row by row: of one column, p or 1 - p, whichever `predictedLabels` takes.
 *
 * @param probabilities row-major `[rows, columns]`
 * @param columns 1 for a sigmoid, else the number of labels
 * @returns `[rows]`
 */
export function predictedConfidences(probabilities: ArrayLike<number>, columns: number): Float64Array {
  const labels = predictedLabels(probabilities, columns);
  return Float64Array.from(labels, (label, row) => {
    if (columns > 1) return probabilities[row * columns + label];
    return label === 1 ? probabilities[row] : 1 - probabilities[row];
  });
}
