import { fitBlend } from './fit-blend.js';
import type { LabelledProbabilities } from './labelled-probabilities.js';

export interface Blend {
  readonly data: LabelledProbabilities;
  /** `[judges]`: the power of each judge's probabilities, from 0 up. */
  readonly weights: readonly number[];
}

/** Probabilities below have been rounded by the model's 32 bits: those near 1 are that far from it at best. */
const leastProbability = 1e-7;

/**
 * What several judges say together of the same examples, each in one or several rounds: the geometric mean of a judge's
 * rounds, and of these the product of powers, scaled to the sum 1 (a logarithmic opinion pool, Genest & Zidek 1986). The powers
 * are those of the least log loss on the given labels, so that a better judge counts more and the result is as sure as it is
 * right. One judge has the power 1, and its only round is taken as it is.
 *
 * @param judges `[judges][rounds]`: at least one of each, all with the same labels
 */
export function blendJudges(judges: readonly (readonly LabelledProbabilities[])[]): Blend {
  const [[first]] = judges;
  if (judges.length === 1 && judges[0].length === 1) return { data: first, weights: [1] };
  const { labels, labelCount } = first;
  const logarithms = judges.map(meanLogarithms);
  const weights = fitBlend(logarithms, { labels, labelCount });
  const probabilities = new Float64Array(first.probabilities.length);
  const row = new Float64Array(labelCount);
  for (let start = 0; start < probabilities.length; start += labelCount) {
    for (let label = 0; label < labelCount; label++) {
      row[label] = weights.reduce((sum, weight, j) => sum + weight * logarithms[j][start + label], 0);
    }
    const highest = Math.max(...row);
    const powers = row.map((value) => Math.exp(value - highest));
    const sum = powers.reduce((total, power) => total + power, 0);
    for (let label = 0; label < labelCount; label++) probabilities[start + label] = powers[label] / sum;
  }
  return { data: { labels, labelCount, probabilities }, weights };
}

function meanLogarithms(rounds: readonly LabelledProbabilities[]): Float64Array {
  return rounds[0].probabilities.map((_, place) => {
    const sum = rounds.reduce(
      (total, { probabilities }) => total + Math.log(Math.max(probabilities[place], leastProbability)),
      0,
    );
    return sum / rounds.length;
  });
}
