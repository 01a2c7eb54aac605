/**
 * Targets of rows that have one label each: what is defined for several labels at once then measures each label against
 * the rest.
 *
 * @param labels true label of each row, `[rows]`
 * @param options.labelCount number of labels
 * @returns row-major `[rows, labels]`: 1 in the label's column, 0 elsewhere
 * @throws RangeError when a label is not a whole number from 0 to `labelCount - 1`
 */
export function oneHot(labels: ArrayLike<number>, options: { labelCount: number }): Uint8Array {
  const { labelCount } = options;
  const targets = new Uint8Array(labels.length * labelCount);
  for (let row = 0; row < labels.length; row += 1) {
    const label = labels[row];
    if (!(Number.isInteger(label) && label >= 0 && label < labelCount)) {
      throw new RangeError(`row ${row}: label ${label}, expected 0 to ${labelCount - 1}`);
    }
    targets[row * labelCount + label] = 1;
  }
  return targets;
}
