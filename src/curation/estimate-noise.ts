/** What a confident joint says of all labels. */
export interface NoiseEstimate {
  /** `[given label, true label]`: the probability of a given label where this one is true; columns sum to 1. */
  readonly noiseMatrix: readonly (readonly number[])[];
  /** `[true label, given label]`: the probability of a true label where this one is given; columns sum to 1. */
  readonly inverseNoiseMatrix: readonly (readonly number[])[];
  /** `[labels]`: share of the examples that are truly of each label. */
  readonly trueShares: readonly number[];
  /** How many examples have a wrong label. */
  readonly wrongLabels: number;
  /** {@link wrongLabels} by given label, `[labels]`. */
  readonly wrongByLabel: readonly number[];
}

const mostNoise = 0.9999;
const leastShare = 1e-6;

/**
 * Noise rates and the number of wrong labels, by counting (Northcutt, Jiang & Chuang 2021, section 3.2; cleanlab's
 * `estimate_latent` with `py_method='cnt'`, and `num_label_issues` with `off_diagonal_calibrated`).
 *
 * @param joint a calibrated confident joint, `[given label, true label]`
 */
export function estimateNoise(joint: readonly (readonly number[])[]): NoiseEstimate {
  const labels = joint.map((_, label) => label);
  const given = joint.map(sum);
  const truly = labels.map((label) => sum(joint.map((row) => row[label])));
  const examples = sum(given);
  const ratio = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  const noise = labels.map((row) => labels.map((column) => ratio(joint[row][column], truly[column])));
  const inverse = labels.map((row) => labels.map((column) => ratio(joint[column][row], given[column])));
  const shares = labels.map((label) => {
    const share = ratio(inverse[label][label], noise[label][label]) * ratio(given[label], examples);
    return Math.min(1, Math.max(leastShare, share));
  });
  const wrongByLabel = labels.map((label) => given[label] - joint[label][label]);
  return {
    noiseMatrix: clipped(noise),
    inverseNoiseMatrix: clipped(inverse),
    trueShares: shares.map((share) => share / sum(shares)),
    wrongLabels: sum(wrongByLabel),
    wrongByLabel,
  };
}

/** No label is noise for sure: rates off the diagonal stay below 1, columns are scaled to the sum 1. */
function clipped(rates: readonly (readonly number[])[]): number[][] {
  const limited = rates.map((row, i) => row.map((rate, j) => (i === j ? rate : Math.min(rate, mostNoise))));
  const sums = limited.map((_, column) => sum(limited.map((row) => row[column])));
  return limited.map((row) => row.map((rate, column) => (sums[column] === 0 ? 0 : rate / sums[column])));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
