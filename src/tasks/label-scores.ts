import type { LabelCounts } from '../metrics/label-counts.js';
import { labelScores, type LabelScores as Scores } from '../metrics/precision-recall-f1.js';
import { labelAreas, type ThresholdAreas } from '../metrics/threshold-areas.js';
import type { FigureTable } from './figure.js';

/** How well a label is found, at its threshold and at all of them. */
export type LabelScores = Scores & ThresholdAreas;

/**
 * The scores of each label against the rest.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param probabilities `[rows, labels]`
 * @param counts of what was answered, `[labels]`
 * @returns `[labels]`
 */
export function scoresOfLabels(
  targets: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  counts: readonly LabelCounts[],
): LabelScores[] {
  const areas = labelAreas(targets, probabilities, { labelCount: counts.length });
  return labelScores(counts).map((scores, label) => ({ ...scores, ...areas[label] }));
}

/** The scores as a table, a row for each label. */
export function labelTable(scores: readonly LabelScores[], labels: readonly string[]): FigureTable {
  return {
    ...{ kind: 'figures', title: 'Labels', corner: 'label' },
    columns: [
      { title: 'precision', form: 'share' },
      { title: 'recall', form: 'share' },
      { title: 'F1', form: 'share' },
      { title: 'ROC AUC', form: 'number' },
      { title: 'avg. precision', form: 'number' },
      { title: 'examples', form: 'count' },
    ],
    rows: scores.map(({ precision, recall, f1, rocAuc, averagePrecision, support }, label) => ({
      name: labels[label],
      values: [precision, recall, f1, rocAuc, averagePrecision, support],
    })),
  };
}

/** The scores as plain JSON, by the names of the labels. */
export function labelRecord(scores: readonly LabelScores[], labels: readonly string[]) {
  return Object.fromEntries(labels.map((label, index) => [label, scores[index]]));
}
