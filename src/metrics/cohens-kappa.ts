import { countsOfConfusion } from './label-counts.js';

/**
 * Cohen's kappa (Cohen 1960, Educational and Psychological Measurement 20): how much more often true and predicted label
 * agree than they would by chance. 1 is full agreement, 0 chance. Scikit-learn's `cohen_kappa_score` without weights.
 *
 * @param confusion counts `[labels, labels]`: the row is the true label, the column the predicted one
 * @returns -1 to 1; `null` when chance alone must agree: all rows have one label, which was predicted for all, or no rows
 */
export function cohensKappa(confusion: readonly (readonly number[])[]): number | null {
  let rows = 0;
  let agreed = 0;
  let products = 0;
  for (const { hits, predicted, support } of countsOfConfusion(confusion)) {
    rows += support;
    agreed += hits;
    products += support * predicted;
  }
  // Both multiplied by the number of rows squared: whole numbers, so that 0 is exact.
  const expectedToDiffer = rows * rows - products;
  if (expectedToDiffer === 0) return null;
  return 1 - ((rows - agreed) * rows) / expectedToDiffer;
}
