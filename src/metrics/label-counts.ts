import { matrixRows } from './matrix-rows.js';

/** What precision, recall and F1 of a label are made of. */
export interface LabelCounts {
  /** Rows that have the label and were predicted to have it. */
  readonly hits: number;
  /** Rows that were predicted to have it. */
  readonly predicted: number;
  /** Rows that have it. */
  readonly support: number;
}

/**
 * Counts of each label, where each row has one label.
 *
 * @param confusion counts `[labels, labels]`: the row is the true label, the column the predicted one
 */
export function countsOfConfusion(confusion: readonly (readonly number[])[]): LabelCounts[] {
  const predicted = confusion.map((_, label) => confusion.reduce((total, row) => total + row[label], 0));
  return confusion.map((row, label) => ({
    hits: row[label],
    predicted: predicted[label],
    support: row.reduce((total, count) => total + count, 0),
  }));
}

/**
 * Counts of each label, where a row may have several.
 *
 * @param targets 1 where the row has the label, else 0; row-major `[rows, labels]`
 * @param predicted 1 where it was predicted, else 0; `[rows, labels]`
 * @param options.labelCount number of labels
 * @throws RangeError when the two differ in length or do not make whole rows
 */
export function countsOfTargets(
  targets: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: { labelCount: number },
): LabelCounts[] {
  const rows = matrixRows(targets, predicted, options);
  return Array.from({ length: options.labelCount }, (_, label) => {
    const counts = { hits: 0, predicted: 0, support: 0 };
    for (let row = 0; row < rows; row += 1) {
      const index = row * options.labelCount + label;
      if (targets[index] === 1) counts.support += 1;
      if (predicted[index] === 1) counts.predicted += 1;
      if (targets[index] === 1 && predicted[index] === 1) counts.hits += 1;
    }
    return counts;
  });
}
