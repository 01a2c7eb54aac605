import { predictedLabels } from '../../metrics/predicted-labels.js';

/**
 * The likeliest label of each example, and how much it counts as a target: 0 at a probability of 1 / labels, where one might
 * as well throw dice, 1 at 1, and in between by the probability; of two labels the difference of their probabilities.
 *
 * @param probabilities row-major `[examples, labels]`
 */
export function pseudoLabels(
  probabilities: ArrayLike<number>,
  labelCount: number,
): { targets: Int32Array; weights: Float32Array } {
  const targets = predictedLabels(probabilities, labelCount);
  const chance = 1 / labelCount;
  const weights = Float32Array.from(targets, (label, example) =>
    Math.max(0, (probabilities[example * labelCount + label] - chance) / (1 - chance)),
  );
  return { targets, weights };
}
