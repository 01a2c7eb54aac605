import { averagePrecisionOf } from './average-precision.js';
import { labelColumn } from './label-column.js';
import { matrixRows } from './matrix-rows.js';
import { rocAucOf } from './roc-auc.js';
import { thresholdCounts } from './threshold-counts.js';

/** The two areas under the curves of all thresholds. */
export interface ThresholdAreas {
  /** `null` where all rows have the label, or none. */
  readonly rocAuc: number | null;
  /** 0 where no row has the label. */
  readonly averagePrecision: number;
}

/** Both areas from one sorting, which is what they cost. See `rocAuc` and `averagePrecision`. */
export function thresholdAreas(targets: ArrayLike<number>, scores: ArrayLike<number>): ThresholdAreas {
  const counts = thresholdCounts(targets, scores);
  return { rocAuc: rocAucOf(counts), averagePrecision: averagePrecisionOf(counts) };
}

/**
 * Both areas of each label against the rest.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param scores `[rows, labels]`
 * @returns `[labels]`
 * @throws RangeError when the two differ in length or do not make whole rows, or a score is not a number
 */
export function labelAreas(
  targets: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: { labelCount: number },
): ThresholdAreas[] {
  matrixRows(targets, scores, options);
  return Array.from({ length: options.labelCount }, (_, label) =>
    thresholdAreas(labelColumn(targets, label, options), labelColumn(scores, label, options)),
  );
}

/** Plain means over the labels; that of the ROC AUC is `null` where one label's is. */
export function meanAreas(areas: readonly ThresholdAreas[]): ThresholdAreas {
  let [rocAuc, averagePrecision]: [number | null, number] = [0, 0];
  for (const label of areas) {
    rocAuc = rocAuc === null || label.rocAuc === null ? null : rocAuc + label.rocAuc;
    averagePrecision += label.averagePrecision;
  }
  return {
    rocAuc: rocAuc === null ? null : rocAuc / areas.length,
    averagePrecision: averagePrecision / areas.length,
  };
}
