/**
 * Rows of two flat matrices of one shape, `[rows, labels]`, such as targets and what was predicted for them.
 *
 * @throws RangeError when they differ in length, or do not make whole rows of `labelCount`
 */
export function matrixRows(
  targets: ArrayLike<number>,
  values: ArrayLike<number>,
  options: { labelCount: number },
): number {
  const { labelCount } = options;
  if (targets.length !== values.length) {
    throw new RangeError(`${targets.length} targets, but ${values.length} predictions`);
  }
  const rows = targets.length / labelCount;
  if (!Number.isInteger(rows)) {
    throw new RangeError(`${targets.length} targets do not make rows of ${labelCount} labels`);
  }
  return rows;
}
