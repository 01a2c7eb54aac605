/**
 * Where to move the word vectors v of an example so that its loss grows most:
 *   r = epsilon * ||v|| * g / ||g||
 * with g the gradient of the loss by all vectors of the example together. Miyato et al. 2017 normalize the vectors by the words'
 * frequencies to mean 0 and variance 1, lest they grow until r is nothing beside them; here the vectors stay, and r grows with
 * them. Their ||v|| is then about the root of words times units, so that their epsilon of 5 for 400 words of 256 numbers is about
 * 0.016 here, and the same share for texts and vectors of any size.
 *
 * @param batch `vectors` and `gradients` row-major [batch, steps, units], where texts that are read in pieces may have more steps
 *   than `ids` [batch, time] has; 0 is padding, and so is what has no id: no part of v
 * @param options `rows`: examples of the batch
 * @returns [batch, steps, units]; zeros for an example whose gradient is zero
 */
export function adversarialPerturbation(
  batch: { vectors: Float32Array; gradients: Float32Array; ids: ArrayLike<number> },
  options: { rows: number; units: number; epsilon: number },
): Float32Array {
  const { vectors, gradients, ids } = batch;
  const { rows, units, epsilon } = options;
  const perturbation = new Float32Array(vectors.length);
  const size = vectors.length / rows;
  const time = ids.length / rows;
  for (let row = 0; row < rows; row++) {
    const start = row * size;
    const end = start + size;
    let largest = 0;
    for (let i = start; i < end; i++) largest = Math.max(largest, Math.abs(gradients[i]));
    if (largest === 0) continue;
    let [gradientSquares, vectorSquares] = [0, 0];
    for (let i = start; i < end; i++) gradientSquares += (gradients[i] / largest) ** 2;
    for (let step = 0; step < time; step++) {
      if (ids[row * time + step] === 0) continue;
      const first = start + step * units;
      for (let i = first; i < first + units; i++) vectorSquares += vectors[i] ** 2;
    }
    const factor = epsilon * Math.sqrt(vectorSquares / gradientSquares);
    for (let i = start; i < end; i++) perturbation[i] = (gradients[i] / largest) * factor;
  }
  return perturbation;
}
