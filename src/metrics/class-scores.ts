import { countsOfConfusion } from './label-counts.js';
import { labelScores, type PrecisionRecallF1 } from './precision-recall-f1.js';

/** How well one label is found. */
export interface ClassScores extends PrecisionRecallF1 {
  /** Rows that have this label. */
  readonly reviews: number;
}

/**
 * Precision, recall and F1 of each label. A quotient without a denominator is 0, as in scikit-learn's
 * `zero_division=0`.
 *
 * @param confusion counts `[labels, labels]`: the row is the true label, the column the predicted one
 */
export function classScores(confusion: readonly (readonly number[])[]): ClassScores[] {
  return labelScores(countsOfConfusion(confusion)).map(({ support, ...scores }) => ({
    ...scores,
    reviews: support,
  }));
}
