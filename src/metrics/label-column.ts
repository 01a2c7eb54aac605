/**
 * One label's column of a flat matrix.
 *
 * @param matrix row-major `[rows, labels]`
 * @param label 0 to `labelCount - 1`
 * @param options.labelCount number of labels
 * @returns a copy, `[rows]`
 */
export function labelColumn(
  matrix: ArrayLike<number>,
  label: number,
  options: { labelCount: number },
): Float64Array {
  const { labelCount } = options;
  const column = new Float64Array(Math.floor(matrix.length / labelCount));
  for (let row = 0; row < column.length; row += 1) column[row] = matrix[row * labelCount + label];
  return column;
}
