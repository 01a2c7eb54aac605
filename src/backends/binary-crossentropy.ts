/**
 * The mean over a batch of w (max(x, 0) - x y + log(1 + e^-|x|)), and its gradient by the logits x, in one loop: a few
 * numbers a batch are not worth a dozen operations.
 *
 * @param logits x, any number @param labels y, 0 to 1, as many @param weights w, as many; 1 where they are absent. The sum is
 *   divided by the number of logits, whatever the weights
 */
export function meanBinaryCrossentropy(
  logits: ArrayLike<number>,
  labels: ArrayLike<number>,
  weights?: ArrayLike<number>,
): { loss: number; gradient: Float32Array<ArrayBuffer> } {
  const gradient = new Float32Array(logits.length);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    const weight = weights ? weights[i] : 1;
    const small = Math.exp(-Math.abs(logits[i]));
    sum += weight * (Math.max(logits[i], 0) - logits[i] * labels[i] + Math.log1p(small));
    const sigmoid = logits[i] >= 0 ? 1 / (1 + small) : small / (1 + small);
    gradient[i] = (weight * (sigmoid - labels[i])) / logits.length;
  }
  return { loss: sum / logits.length, gradient };
}
