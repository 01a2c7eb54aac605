import type { FigureTable } from '../figure.js';

/** Pairs of labels that the list of confusions names. */
const mostPairs = 10;

/**
 * What was taken for what: the matrix, and of more than two labels also the pairs that are confused most often.
 *
 * @param confusion counts `[labels, labels]`: the row is the true label, the column the predicted one
 * @param labels their names, by index
 */
export function confusionTables(
  confusion: readonly (readonly number[])[],
  labels: readonly string[],
): FigureTable[] {
  const matrix: FigureTable = {
    ...{ kind: 'confusion', title: 'Confusion matrix', corner: 'truly' },
    columns: labels.map((label) => ({ title: `predicted ${label}`, form: 'count' })),
    rows: confusion.map((values, label) => ({ name: labels[label], values })),
  };
  const pairs = mostConfused(confusion);
  if (labels.length === 2 || pairs.length === 0) return [matrix];
  const list: FigureTable = {
    ...{ kind: 'figures', title: 'Most frequent confusions', corner: 'true label: predicted' },
    columns: [
      { title: 'of the label', form: 'share' },
      { title: 'examples', form: 'count' },
    ],
    rows: pairs.map(({ label, predicted, count, share }) => ({
      name: `${labels[label]}: ${labels[predicted]}`,
      values: [share, count],
    })),
  };
  return [matrix, list];
}

/** The most frequent first; of equal ones in the order of the labels. */
function mostConfused(confusion: readonly (readonly number[])[]) {
  const pairs = confusion.flatMap((row, label) => {
    const support = row.reduce((sum, count) => sum + count, 0);
    return row.flatMap((count, predicted) =>
      predicted === label || count === 0 ? [] : [{ label, predicted, count, share: count / support }],
    );
  });
  return pairs.sort((one, other) => other.count - one.count).slice(0, mostPairs);
}
