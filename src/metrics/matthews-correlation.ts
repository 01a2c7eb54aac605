import { countsOfConfusion } from './label-counts.js';

/**
 * Matthews' correlation of true and predicted labels, for any number of labels (Gorodkin 2004, Computational Biology and
 * Chemistry 28, "R_K"): 1 is perfect, 0 no better than chance. Scikit-learn's `matthews_corrcoef`.
 *
 * @param confusion counts `[labels, labels]`: the row is the true label, the column the predicted one
 * @returns -1 to 1; 0 when all rows have one label, when one label was predicted for all, and for no rows
 */
export function matthewsCorrelation(confusion: readonly (readonly number[])[]): number {
  const counts = countsOfConfusion(confusion);
  const sum = (of: (label: (typeof counts)[number]) => number) =>
    counts.reduce((total, label) => total + of(label), 0);
  const rows = sum((label) => label.support);
  const covariance = sum((label) => label.hits) * rows - sum((label) => label.support * label.predicted);
  const ofPredicted = rows ** 2 - sum((label) => label.predicted ** 2);
  const ofTrue = rows ** 2 - sum((label) => label.support ** 2);
  const variances = ofPredicted * ofTrue;
  return variances === 0 ? 0 : covariance / Math.sqrt(variances);
}
