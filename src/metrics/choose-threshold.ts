import { type PrecisionRecallF1, precisionRecallF1 } from './precision-recall-f1.js';
import { thresholdCounts } from './threshold-counts.js';

/** What a threshold is to reach: the best F1, or at least so much precision or recall, 0 to 1. */
export type ThresholdDemand = 'f1' | { readonly precision: number } | { readonly recall: number };

/** How well the label is found if it is predicted for the rows that score at least `threshold`. */
export interface ThresholdScores extends PrecisionRecallF1 {
  readonly threshold: number;
}

export interface ThresholdChoice {
  /** Predict the label where the score is at least this; `null` when no threshold meets the demand. */
  readonly threshold: number | null;
  /** The chosen threshold's scores; of a demand that cannot be met, those that come nearest. `null`: no row has the label. */
  readonly best: ThresholdScores | null;
}

/** Counts at one threshold. */
interface Candidate {
  readonly threshold: number;
  readonly hits: number;
  readonly predicted: number;
}

/**
 * The threshold above which to predict a label, exact: every distinct score is tried, in O(rows log rows).
 *
 * `'f1'`: the highest F1. `{ precision: p }`: of the thresholds with a precision of at least p, the highest recall; where
 * none has it, `best` is the highest precision there is. `{ recall: r }`: of those with a recall of at least r, the highest
 * precision. Of equal ones, F1 and precision take the higher threshold, which predicts less, and recall takes the lower
 * one, which finds more.
 *
 * @param targets `[rows]`; 1 has the label, anything else does not
 * @param scores score of each row, `[rows]`, higher meaning more likely
 * @throws RangeError when the arrays differ in length, a score is not a number, or a demand is not within 0 to 1
 */
export function chooseThreshold(
  targets: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: { for: ThresholdDemand },
): ThresholdChoice {
  const { thresholds, hits, predicted } = thresholdCounts(targets, scores);
  const support = hits.at(-1) ?? 0;
  const { meets, better } = rulesOf(options.for, support);
  if (support === 0) return { threshold: null, best: null };
  let chosen: Candidate | undefined;
  let nearest: Candidate | undefined;
  for (let index = 0; index < thresholds.length; index += 1) {
    const candidate = { threshold: thresholds[index], hits: hits[index], predicted: predicted[index] };
    if (meets(candidate) && (!chosen || better(candidate, chosen))) chosen = candidate;
    if (!nearest || morePrecise(candidate, nearest)) nearest = candidate;
  }
  const best = chosen ?? nearest!;
  return {
    threshold: chosen ? chosen.threshold : null,
    best: { threshold: best.threshold, ...precisionRecallF1({ ...best, support }) },
  };
}

/** Which thresholds will do, and which of two that will is better; asked from the highest threshold on. */
function rulesOf(demand: ThresholdDemand, support: number) {
  if (demand === 'f1') {
    const better = (one: Candidate, other: Candidate) =>
      one.hits * (other.predicted + support) > other.hits * (one.predicted + support);
    return { meets: () => true, better };
  }
  if ('precision' in demand) {
    const least = checkShare('precision', demand.precision);
    const meets = ({ hits, predicted }: Candidate) => hits / predicted >= least;
    return { meets, better: (one: Candidate, other: Candidate) => one.hits > other.hits };
  }
  const least = checkShare('recall', demand.recall);
  return { meets: ({ hits }: Candidate) => hits / support >= least, better: morePrecise };
}

/** Fractions are compared by whole numbers, so that equal ones are equal. Of equal precision, the one that finds more. */
function morePrecise(one: Candidate, other: Candidate): boolean {
  const difference = one.hits * other.predicted - other.hits * one.predicted;
  return difference > 0 || (difference === 0 && one.hits > other.hits);
}

function checkShare(name: string, value: number): number {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} of at least ${value}, expected 0 to 1`);
  return value;
}
