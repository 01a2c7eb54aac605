import { averagePrecision } from './average-precision.js';
import { matrixRows } from './matrix-rows.js';
import { thresholdCounts } from './threshold-counts.js';

/**
 * How far one must go down a row's labels, by score, to meet all it has: the mean number of labels that score at least as
 * much as the lowest true one, 0 for a row without labels. Scikit-learn's `coverage_error`.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param scores `[rows, labels]`, higher meaning more likely
 * @param options.labelCount number of labels
 * @returns best is the mean number of labels a row has; `NaN` for no rows
 * @throws RangeError when the two differ in length or do not make whole rows, or a score is not a number
 */
export function coverageError(
  targets: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: { labelCount: number },
): number {
  return meanOverRows(targets, scores, {
    ...options,
    score: (row) => {
      const { hits, predicted } = thresholdCounts(row.targets, row.scores);
      const support = hits[hits.length - 1];
      return support === 0 ? 0 : predicted[hits.indexOf(support)];
    },
  });
}

/**
 * For each true label, the share of true ones among the labels that score at least as much; averaged over a row's true
 * labels, which is the row's average precision, then over the rows. A row that has no label, or all of them, counts as 1.
 * Scikit-learn's `label_ranking_average_precision_score`.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param scores `[rows, labels]`, higher meaning more likely
 * @param options.labelCount number of labels
 * @returns 0 to 1; `NaN` for no rows
 * @throws RangeError when the two differ in length or do not make whole rows, or a score is not a number
 */
export function labelRankingAveragePrecision(
  targets: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: { labelCount: number },
): number {
  return meanOverRows(targets, scores, {
    ...options,
    score: (row) => (row.targets.includes(1) ? averagePrecision(row.targets, row.scores) : 1),
  });
}

/**
 * Share of a row's pairs of a true and a false label in which the true one does not score higher, ties included; averaged
 * over the rows. A row that has no label, or all of them, counts as 0. Scikit-learn's `label_ranking_loss`.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param scores `[rows, labels]`, higher meaning more likely
 * @param options.labelCount number of labels
 * @returns 0 to 1; `NaN` for no rows
 * @throws RangeError when the two differ in length or do not make whole rows, or a score is not a number
 */
export function labelRankingLoss(
  targets: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: { labelCount: number },
): number {
  return meanOverRows(targets, scores, {
    ...options,
    score: (row) => {
      const { hits, predicted } = thresholdCounts(row.targets, row.scores);
      const support = hits[hits.length - 1];
      let wrong = 0;
      let [hitsBefore, missesBefore] = [0, 0];
      for (let index = 0; index < hits.length; index += 1) {
        const misses = predicted[index] - hits[index];
        wrong += (misses - missesBefore) * (support - hitsBefore);
        hitsBefore = hits[index];
        missesBefore = misses;
      }
      const pairs = support * missesBefore;
      return pairs === 0 ? 0 : wrong / pairs;
    },
  });
}

/** One row: `[labels]` each. */
interface Row {
  readonly targets: Float64Array;
  readonly scores: Float64Array;
}

function meanOverRows(
  targets: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: { labelCount: number; score: (row: Row) => number },
): number {
  const { labelCount, score } = options;
  const rows = matrixRows(targets, scores, options);
  const current = { targets: new Float64Array(labelCount), scores: new Float64Array(labelCount) };
  let total = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let label = 0; label < labelCount; label += 1) {
      current.targets[label] = targets[row * labelCount + label];
      current.scores[label] = scores[row * labelCount + label];
    }
    total += score(current);
  }
  return total / rows;
}
