/** Weights of a model's last layer, which gives a logit for each column. */
export interface HeadWeights {
  /** Row-major `[features, columns]`. */
  readonly kernel: Float32Array;
  /** `[columns]` */
  readonly bias: Float32Array;
}

/** What a last layer grows by. */
export interface HeadGrowth {
  /** Labels that the former one told apart: the first of those of now. */
  readonly formerLabels: number;
  /** `[labels]`: share of the examples that are learnt next that have each label. */
  readonly shares: ArrayLike<number>;
}

/** Of a new label that no example has yet: a logit of minus infinity would never change. */
const leastProbability = 1e-4;

/**
 * What a new label begins with where nothing is known of a text: its share of the examples, as one of so many possible answers. At
 * most as much as each of the others has then, so that a text on which they differ is answered as before.
 */
export function firstProbability(share: number, { answers }: { readonly answers: number }): number {
  return Math.max(share / answers, leastProbability);
}

/**
 * The weights with more columns at the end, whose kernel is 0.
 *
 * @param biases of the new columns
 */
export function withColumns({ kernel, bias }: HeadWeights, biases: readonly number[]): HeadWeights {
  const former = bias.length;
  const columns = former + biases.length;
  const features = kernel.length / former;
  const grown = new Float32Array(features * columns);
  for (let row = 0; row < features; row++) {
    grown.set(kernel.subarray(row * former, (row + 1) * former), row * columns);
  }
  return { kernel: grown, bias: Float32Array.from([...bias, ...biases]) };
}
