/**
 * Where to move word vectors so that the loss grows most:
 *   r = epsilon * s * g / ||g||
 * with g the gradient of the loss by all vectors of an example together, and s the root mean square of the numbers in the vectors
 * of the batch's words. Miyato et al. 2017 normalize the vectors by the words' frequencies to mean 0 and variance 1, lest they
 * grow until r is nothing beside them; here the vectors stay, and r grows with them, so that epsilon means the same.
 *
 * @param batch `vectors` and `gradients` row-major [batch, time, units]; `ids` [batch, time], 0 for padding
 * @param options `time` steps of an example
 * @returns [batch, time, units]; zeros for an example whose gradient is zero
 */
export function adversarialPerturbation(
  batch: { vectors: Float32Array; gradients: Float32Array; ids: ArrayLike<number> },
  options: { time: number; epsilon: number },
): Float32Array {
  const { vectors, gradients, ids } = batch;
  const { time, epsilon } = options;
  const perturbation = new Float32Array(vectors.length);
  const size = (vectors.length / ids.length) * time;
  const scale = epsilon * rootMeanSquare(vectors, ids);
  for (let start = 0; start < gradients.length; start += size) {
    let largest = 0;
    for (let i = start; i < start + size; i++) largest = Math.max(largest, Math.abs(gradients[i]));
    if (largest === 0) continue;
    let sum = 0;
    for (let i = start; i < start + size; i++) sum += (gradients[i] / largest) ** 2;
    const factor = scale / Math.sqrt(sum);
    for (let i = start; i < start + size; i++) perturbation[i] = (gradients[i] / largest) * factor;
  }
  return perturbation;
}

/** Of the vectors of all words that are not padding; 0 where there are none. */
function rootMeanSquare(vectors: Float32Array, ids: ArrayLike<number>): number {
  const units = vectors.length / ids.length;
  let [sum, count] = [0, 0];
  for (let word = 0; word < ids.length; word++) {
    if (ids[word] === 0) continue;
    for (let i = word * units; i < (word + 1) * units; i++) sum += vectors[i] ** 2;
    count += units;
  }
  return count === 0 ? 0 : Math.sqrt(sum / count);
}
