/**
 * Area under the ROC curve: the chance that a random row of label 1 scores above a random row of label 0, a tie
 * counting one half. Computed exactly from ranks (Mann and Whitney, 1947), tied scores sharing their average rank, in
 * O(rows log rows).
 *
 * @param labels true label of each row, `[rows]`; 1 is the positive class, anything else the negative one
 * @param scores score of each row, `[rows]`, higher meaning more likely label 1
 * @returns 0 to 1; `null` when one of the two classes has no row, as the curve is then undefined
 * @throws when the arrays differ in length, or a score is not a number
 */
export function rocAuc(labels: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  if (labels.length !== scores.length) {
    throw new RangeError(`${labels.length} labels, but ${scores.length} scores`);
  }
  const order = new Uint32Array(scores.length);
  for (let row = 0; row < order.length; row += 1) {
    if (Number.isNaN(scores[row])) throw new RangeError(`row ${row}: the score is not a number`);
    order[row] = row;
  }
  order.sort((left, right) => scores[left] - scores[right]);

  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    let tiedPositives = 0;
    for (; end < order.length && scores[order[end]] === scores[order[start]]; end += 1) {
      if (labels[order[end]] === 1) tiedPositives += 1;
    }
    // Ranks count from 1, so the tied rows share the mean of start + 1 to end.
    rankSum += (tiedPositives * (start + 1 + end)) / 2;
    positives += tiedPositives;
    start = end;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/**
 * ROC AUC of a classifier's probabilities. Of two labels: that of label 1. Of more: the plain mean of each label against the
 * rest, which is scikit-learn's `multi_class='ovr', average='macro'`.
 *
 * @param labels true label of each row, `[rows]`
 * @param probabilities row-major `[rows, labels]`
 * @returns 0 to 1; `null` when a label has no row, or all of them
 */
export function probabilitiesRocAuc(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
): number | null {
  const labelCount = labels.length === 0 ? 2 : probabilities.length / labels.length;
  const counted = labelCount === 2 ? [1] : Array.from({ length: labelCount }, (_, label) => label);
  let total = 0;
  for (const label of counted) {
    const area = rocAuc(
      Uint8Array.from(labels, (value) => (value === label ? 1 : 0)),
      Float64Array.from(labels, (_, row) => probabilities[row * labelCount + label]),
    );
    if (area === null) return null;
    total += area;
  }
  return total / counted.length;
}
