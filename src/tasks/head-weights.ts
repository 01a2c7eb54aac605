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

/**
 * What a new label is believed to be at first, beside its share of the examples: so improbable that former answers stay, and
 * probable enough that a few steps reach it. A new label that a third of the examples have begins near 3 %.
 */
const newLabelCaution = 0.1;

/** Of a new label that no example has yet: a logit of minus infinity would never change. */
const leastProbability = 1e-4;

/** The probability that a new label begins with on a text of which nothing is known. */
export function firstProbability(share: number): number {
  return Math.max(newLabelCaution * share, leastProbability);
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
