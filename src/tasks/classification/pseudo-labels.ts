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
  const examples = probabilities.length / labelCount;
  const targets = new Int32Array(examples);
  const weights = new Float32Array(examples);
  for (let example = 0; example < examples; example++) {
    let [best, most] = [0, -1];
    for (let label = 0; label < labelCount; label++) {
      const probability = probabilities[example * labelCount + label];
      if (probability > most) [best, most] = [label, probability];
    }
    targets[example] = best;
    weights[example] = Math.max(0, (most - 1 / labelCount) / (1 - 1 / labelCount));
  }
  return { targets, weights };
}
