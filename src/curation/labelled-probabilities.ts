/** The labels that examples have been given, and what a model says of examples that it has not learnt from. */
export interface LabelledProbabilities {
  /** `[examples]`: index of the given label. */
  readonly labels: Int32Array;
  /** Row-major `[examples, labels]`. */
  readonly probabilities: Float64Array;
  readonly labelCount: number;
}

/** How many examples have been given each label, `[labels]`. */
export function countLabels({ labels, labelCount }: LabelledProbabilities): number[] {
  const counts = new Array<number>(labelCount).fill(0);
  for (const label of labels) counts[label] += 1;
  return counts;
}
