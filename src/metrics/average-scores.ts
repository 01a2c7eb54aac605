import type { LabelCounts } from './label-counts.js';
import { type PrecisionRecallF1, precisionRecallF1 } from './precision-recall-f1.js';

/** Precision, recall and F1 over all labels; `f1` is the mean of the labels' F1, not the F1 of the means. */
export interface AverageScores {
  /** Of the counts of all labels together; where each row has one label, all three are the accuracy. */
  readonly micro: PrecisionRecallF1;
  /** Every label counts the same. */
  readonly macro: PrecisionRecallF1;
  /** Every label counts as often as it has rows; 0 when no label has a row. */
  readonly weighted: PrecisionRecallF1;
}

/**
 * Averages over all labels given: scikit-learn's `precision_recall_fscore_support` with `labels=range(labelCount)` and
 * `zero_division=0`. A label that no row has and that was never predicted counts as 0 in the macro average, where
 * scikit-learn without `labels` would leave it out.
 *
 * @param counts of each label; for no labels, macro is `NaN`
 */
export function averageScores(counts: readonly LabelCounts[]): AverageScores {
  const together = { hits: 0, predicted: 0, support: 0 };
  for (const { hits, predicted, support } of counts) {
    together.hits += hits;
    together.predicted += predicted;
    together.support += support;
  }
  const scores = counts.map(precisionRecallF1);
  return {
    micro: precisionRecallF1(together),
    macro: mean(scores, () => 1),
    weighted:
      together.support === 0
        ? { precision: 0, recall: 0, f1: 0 }
        : mean(scores, (label) => counts[label].support),
  };
}

function mean(scores: readonly PrecisionRecallF1[], weightOf: (label: number) => number): PrecisionRecallF1 {
  const sums = { precision: 0, recall: 0, f1: 0 };
  let total = 0;
  for (const [label, { precision, recall, f1 }] of scores.entries()) {
    const weight = weightOf(label);
    sums.precision += weight * precision;
    sums.recall += weight * recall;
    sums.f1 += weight * f1;
    total += weight;
  }
  return { precision: sums.precision / total, recall: sums.recall / total, f1: sums.f1 / total };
}
