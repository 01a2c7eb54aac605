import type { LabelledProbabilities } from './labelled-probabilities.js';

export const labelQualities = ['normalizedMargin', 'selfConfidence'] as const;

/**
 * By what suspicious examples are ordered. `selfConfidence`: the probability of the given label; `normalizedMargin`: that
 * less the highest of the other labels, from [-1, 1] scaled to [0, 1].
 */
export type LabelQualityName = (typeof labelQualities)[number];

/** How well each given label fits, `[examples]`: 0, not at all, to 1. */
export function labelQuality(data: LabelledProbabilities, by: LabelQualityName): Float64Array {
  const { labels, probabilities, labelCount } = data;
  const best = by === 'normalizedMargin' ? likeliestOthers(data) : undefined;
  return Float64Array.from(labels, (label, example) => {
    const own = probabilities[example * labelCount + label];
    return best ? (own - probabilities[example * labelCount + best[example]] + 1) / 2 : own;
  });
}

/** The most probable label but the given one, the first of equal ones, `[examples]`. */
export function likeliestOthers({ labels, probabilities, labelCount }: LabelledProbabilities): Int32Array {
  return labels.map((given, example) => {
    const start = example * labelCount;
    let best = given === 0 ? 1 : 0;
    for (let label = best + 1; label < labelCount; label++) {
      if (label !== given && probabilities[start + label] > probabilities[start + best]) best = label;
    }
    return best;
  });
}
