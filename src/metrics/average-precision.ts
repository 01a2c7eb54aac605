import { averageOverLabels, type LabelAverages } from './average-over-labels.js';
import { type ThresholdCounts, thresholdCounts } from './threshold-counts.js';

/**
 * Average precision: the area under the steps of precision over recall, the sum of (recall - recall before) x precision
 * over the distinct scores from the highest on. Scikit-learn's `average_precision_score`.
 *
 * @param targets `[rows]`; 1 has the label, anything else does not
 * @param scores score of each row, `[rows]`, higher meaning more likely
 * @returns 0 to 1; 0 when no row has the label, as scikit-learn has it
 * @throws RangeError when the arrays differ in length, or a score is not a number
 */
export function averagePrecision(targets: ArrayLike<number>, scores: ArrayLike<number>): number {
  return averagePrecisionOf(thresholdCounts(targets, scores));
}

/** The same of counts that are there already. */
export function averagePrecisionOf({ hits, predicted }: ThresholdCounts): number {
  let total = 0;
  let before = 0;
  for (let index = 0; index < hits.length; index += 1) {
    total += ((hits[index] - before) * hits[index]) / predicted[index];
    before = hits[index];
  }
  return before === 0 ? 0 : total / before;
}

/**
 * Average precision of each label, and averaged over them. For rows of one label each, `oneHot` makes the targets.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param scores `[rows, labels]`
 * @param options.labelCount number of labels
 * @throws RangeError when the arrays differ in length or do not make whole rows, or a score is not a number
 */
export function averagePrecisions(
  targets: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: { labelCount: number },
): LabelAverages {
  return averageOverLabels(targets, scores, { ...options, score: averagePrecision });
}
