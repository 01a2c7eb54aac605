import { predictedLabels } from './predicted-labels.js';

/**
 * Probability of the predicted label, row by row.
 *
 * @param probabilities row-major `[rows, labels]`
 * @returns `[rows]`
 */
export function predictedConfidences(probabilities: ArrayLike<number>, labelCount: number): Float64Array {
  const labels = predictedLabels(probabilities, labelCount);
  return Float64Array.from(labels, (label, row) => probabilities[row * labelCount + label]);
}
