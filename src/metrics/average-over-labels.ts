import { labelColumn } from './label-column.js';
import { matrixRows } from './matrix-rows.js';

/** A score of each label and its averages; `null` where it is not defined. */
export interface LabelAverages {
  /** Of each label, `[labels]`. */
  readonly labels: (number | null)[];
  /** Plain mean over the labels; `null` when one of them is `null`. */
  readonly macro: number | null;
  /** Mean weighted by how many rows have each label; those that no row has do not count unless that is all of them. */
  readonly weighted: number | null;
  /** The score of all rows and labels as one long column. */
  readonly micro: number | null;
}

/**
 * A score that is defined for one label, over several labels, as scikit-learn averages it.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param scores `[rows, labels]`, higher meaning more likely
 * @param options.labelCount number of labels
 * @param options.score the score of one label's column of targets and scores
 * @throws RangeError when targets and scores differ in length or do not make whole rows
 */
export function averageOverLabels(
  targets: ArrayLike<number>,
  scores: ArrayLike<number>,
  options: {
    labelCount: number;
    score: (targets: ArrayLike<number>, scores: ArrayLike<number>) => number | null;
  },
): LabelAverages {
  matrixRows(targets, scores, options);
  const supports: number[] = [];
  const labels = Array.from({ length: options.labelCount }, (_, label) => {
    const column = labelColumn(targets, label, options);
    supports.push(column.reduce((total, target) => total + target, 0));
    return options.score(column, labelColumn(scores, label, options));
  });
  const micro = options.score(targets, scores);
  const macro = weightedMean(labels, () => 1);
  const anySupport = supports.some((support) => support > 0);
  const weighted = anySupport ? weightedMean(labels, (label) => supports[label]) : macro;
  return { labels, macro, weighted, micro };
}

function weightedMean(scores: readonly (number | null)[], weightOf: (label: number) => number) {
  let sum = 0;
  let weights = 0;
  for (const [label, score] of scores.entries()) {
    const weight = weightOf(label);
    if (weight === 0) continue;
    if (score === null) return null;
    sum += weight * score;
    weights += weight;
  }
  return weights === 0 ? null : sum / weights;
}
