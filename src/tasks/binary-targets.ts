/** What a binary cross-entropy takes: row-major `[rows, columns]`. */
export interface BinaryTargets {
  /** From 0 to 1. */
  readonly labels: Float32Array;
  /** Absent where all count 1. */
  readonly weights?: Float32Array;
}

/** How rows and columns of yes and no count in a loss. */
export interface BinaryWeighting {
  readonly columns: number;
  /** `[rows]`; default: 1. */
  readonly rowWeights?: ArrayLike<number>;
  /** Share s of certainty that is given away: 1 - s / 2 and s / 2 in the place of 1 and 0; default: 0. */
  readonly smoothing?: number;
  /** `[columns]`: factor p of the loss of a 1, as PyTorch's `pos_weight`; default: 1. */
  readonly positiveWeights?: ArrayLike<number>;
}

/**
 * Targets and weights of sigmoids. The weight of a yes is made one of the whole loss,
 *   p y ln(1 + e^-x) + (1 - y) ln(1 + e^x) = w (y' ln(1 + e^-x) + (1 - y') ln(1 + e^x)),
 *   w = p y + 1 - y, y' = p y / w,
 * so that one operation computes it, whatever the label is smoothed to.
 *
 * @param truth 1 or 0, row-major `[rows, columns]`
 */
export function binaryTargets(truth: ArrayLike<number>, weighting: BinaryWeighting): BinaryTargets {
  const { columns, rowWeights, smoothing = 0, positiveWeights } = weighting;
  const labels = Float32Array.from(truth, (label) => smoothedLabel(label, smoothing));
  if (!rowWeights && !positiveWeights) return { labels };
  const weights = new Float32Array(labels.length);
  for (let place = 0; place < labels.length; place++) {
    const ofYes = (positiveWeights?.[place % columns] ?? 1) * smoothedLabel(truth[place], smoothing);
    const both = ofYes + 1 - smoothedLabel(truth[place], smoothing);
    weights[place] = both * (rowWeights?.[Math.floor(place / columns)] ?? 1);
    if (positiveWeights) labels[place] = both === 0 ? 0 : ofYes / both;
  }
  return { labels, weights };
}

/**
 * The target of a sigmoid, Keras' form of label smoothing: 1 - s / 2 and s / 2 in the place of 1 and 0.
 *
 * @param label 1 or 0
 */
export function smoothedLabel(label: number, smoothing: number): number {
  return label * (1 - smoothing) + smoothing / 2;
}
