import { matrixRows } from './matrix-rows.js';

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
    score: (ranks) => ranks.reduce((most, { all }) => Math.max(most, all), 0),
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
    score: (ranks) =>
      ranks.length === 0 ? 1 : ranks.reduce((sum, { truly, all }) => sum + truly / all, 0) / ranks.length,
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
    score: (ranks) => {
      const pairs = ranks.length * (options.labelCount - ranks.length);
      return pairs === 0 ? 0 : ranks.reduce((wrong, { truly, all }) => wrong + all - truly, 0) / pairs;
    },
  });
}

/** Where a true label of a row stands: how many labels score at least as much, and how many of these are true; both count it. */
interface Rank {
  readonly all: number;
  readonly truly: number;
}

function meanOverRows(
  targets: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: { labelCount: number; score: (ranks: readonly Rank[]) => number },
): number {
  const { labelCount, score } = options;
  const rows = matrixRows(targets, scores, options);
  let total = 0;
  for (let row = 0; row < rows; row += 1) {
    total += score(ranksOf(targets, scores, { start: row * labelCount, end: (row + 1) * labelCount }));
  }
  return total / rows;
}

/** Of each true label. Rows have few of them among many: counting takes less than sorting. */
function ranksOf(
  targets: ArrayLike<number>,
  scores: ArrayLike<number>,
  { start, end }: { start: number; end: number },
): Rank[] {
  const ranks: Rank[] = [];
  for (let place = start; place < end; place += 1) {
    const score = scores[place];
    if (Number.isNaN(score)) throw new RangeError(`row ${start / (end - start)}: the score is not a number`);
    if (targets[place] !== 1) continue;
    let [all, truly] = [0, 0];
    for (let other = start; other < end; other += 1) {
      if (scores[other] < score) continue;
      all += 1;
      if (targets[other] === 1) truly += 1;
    }
    ranks.push({ all, truly });
  }
  return ranks;
}
