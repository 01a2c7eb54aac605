import { matrixRows } from './matrix-rows.js';
import { type PrecisionRecallF1, precisionRecallF1 } from './precision-recall-f1.js';

/** How well the rows' sets of labels are found: means over the rows. */
export interface SampleScores extends PrecisionRecallF1 {
  /** Labels that are both true and predicted, as a share of those that are either. */
  readonly jaccard: number;
}

/**
 * Precision, recall, F1 and Jaccard index of each row's set of labels, averaged over the rows: scikit-learn's
 * `average='samples'` with `zero_division=0`. A row without labels for which none is predicted counts as 0, too.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param predicted 1 where it was predicted, else 0; `[rows, labels]`
 * @param options.labelCount number of labels
 * @returns each 0 to 1; `NaN` for no rows
 * @throws RangeError when the two differ in length or do not make whole rows
 */
export function sampleScores(
  targets: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: { labelCount: number },
): SampleScores {
  const { labelCount } = options;
  const rows = matrixRows(targets, predicted, options);
  const sums = { precision: 0, recall: 0, f1: 0, jaccard: 0 };
  for (let row = 0; row < rows; row += 1) {
    const counts = { hits: 0, predicted: 0, support: 0 };
    for (let index = row * labelCount; index < (row + 1) * labelCount; index += 1) {
      if (targets[index] === 1) counts.support += 1;
      if (predicted[index] === 1) counts.predicted += 1;
      if (targets[index] === 1 && predicted[index] === 1) counts.hits += 1;
    }
    const { precision, recall, f1 } = precisionRecallF1(counts);
    sums.precision += precision;
    sums.recall += recall;
    sums.f1 += f1;
    const either = counts.predicted + counts.support - counts.hits;
    if (either > 0) sums.jaccard += counts.hits / either;
  }
  return {
    precision: sums.precision / rows,
    recall: sums.recall / rows,
    f1: sums.f1 / rows,
    jaccard: sums.jaccard / rows,
  };
}
