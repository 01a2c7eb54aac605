/**
 * Mean recall of the labels that have rows, so that rare labels count as much as frequent ones: scikit-learn's
 * `balanced_accuracy_score`.
 *
 * @param confusion counts `[labels, labels]`: the row is the true label, the column the predicted one
 * @returns 0 to 1; `NaN` for no rows
 */
export function balancedAccuracy(confusion: readonly (readonly number[])[]): number {
  let recalls = 0;
  let labels = 0;
  for (const [label, row] of confusion.entries()) {
    const support = row.reduce((total, count) => total + count, 0);
    if (support === 0) continue;
    recalls += row[label] / support;
    labels += 1;
  }
  return recalls / labels;
}
