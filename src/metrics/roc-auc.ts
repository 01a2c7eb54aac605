import { averageOverLabels, type LabelAverages } from './average-over-labels.js';
import { type ThresholdCounts, thresholdCounts } from './threshold-counts.js';

/**
 * Area under the ROC curve: the chance that a random row of label 1 scores above a random row of label 0, a tie
 * counting one half. Computed exactly from the number of such pairs (Mann and Whitney, 1947), in O(rows log rows).
 *
 * @param labels true label of each row, `[rows]`; 1 is the positive class, anything else the negative one
 * @param scores score of each row, `[rows]`, higher meaning more likely label 1
 * @returns 0 to 1; `null` when one of the two classes has no row, as the curve is then undefined
 * @throws when the arrays differ in length, or a score is not a number
 */
export function rocAuc(labels: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  return rocAucOf(thresholdCounts(labels, scores));
}

/** The same of counts that are there already. */
export function rocAucOf({ hits, predicted }: ThresholdCounts): number | null {
  let [hitsBefore, missesBefore, pairs] = [0, 0, 0];
  for (let index = 0; index < hits.length; index += 1) {
    const misses = predicted[index] - hits[index];
    pairs += ((misses - missesBefore) * (hitsBefore + hits[index])) / 2;
    hitsBefore = hits[index];
    missesBefore = misses;
  }
  return hitsBefore === 0 || missesBefore === 0 ? null : pairs / (hitsBefore * missesBefore);
}

/**
 * ROC AUC of each label against the rest, and averaged over them. For rows of one label each, `oneHot` makes the targets;
 * macro and weighted are then scikit-learn's `multi_class='ovr'`.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param scores `[rows, labels]`
 * @param options.labelCount number of labels
 * @returns `null` for a label that no row has, or every row
 * @throws RangeError when the arrays differ in length or do not make whole rows, or a score is not a number
 */
export function rocAucs(
  targets: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: { labelCount: number },
): LabelAverages {
  return averageOverLabels(targets, scores, { ...options, score: rocAuc });
}

/**
 * ROC AUC of a classifier's probabilities. Of two labels: that of label 1. Of more: the plain mean of each label against the
 * rest, which is scikit-learn's `multi_class='ovr', average='macro'`.
 *
 * @param labels true label of each row, `[rows]`
 * @param probabilities row-major `[rows, labels]`
 * @returns 0 to 1; `null` when a label has no row, or all of them
 */
export function probabilitiesRocAuc(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
): number | null {
  const labelCount = labels.length === 0 ? 2 : probabilities.length / labels.length;
  const counted = labelCount === 2 ? [1] : Array.from({ length: labelCount }, (_, label) => label);
  let total = 0;
  for (const label of counted) {
    const area = rocAuc(
      Uint8Array.from(labels, (value) => (value === label ? 1 : 0)),
      Float64Array.from(labels, (_, row) => probabilities[row * labelCount + label]),
    );
    if (area === null) return null;
    total += area;
  }
  return total / counted.length;
}
