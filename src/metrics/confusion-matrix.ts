/**
 * How often each true label was predicted as each label.
 *
 * @param labels true label of each row, `[rows]`, each from 0 to `labelCount - 1`
 * @param predicted predicted label of each row, `[rows]`
 * @param options.labelCount number of labels
 * @returns counts `[labelCount, labelCount]`: the row is the true label, the column the predicted one
 * @throws when the arrays differ in length, or a label is out of range
 */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: { labelCount: number },
): number[][] {
  const { labelCount } = options;
  if (labels.length !== predicted.length) {
    throw new RangeError(`${labels.length} labels, but ${predicted.length} predictions`);
  }
  const counts = Array.from({ length: labelCount }, () => new Array<number>(labelCount).fill(0));
  for (let row = 0; row < labels.length; row += 1) {
    if (counts[labels[row]]?.[predicted[row]] === undefined) {
      throw new RangeError(
        `row ${row}: label ${labels[row]}, predicted ${predicted[row]}; expected 0 to ${labelCount - 1}`,
      );
    }
    counts[labels[row]][predicted[row]] += 1;
  }
  return counts;
}
