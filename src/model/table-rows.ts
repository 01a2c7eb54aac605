/**
 * Some rows of a table, in the order asked for.
 *
 * @param table row-major `[rows, units]`
 * @returns `[ids, units]`
 */
export function tableRows(table: Float32Array, units: number, ids: Int32Array): Float32Array {
  const rows = new Float32Array(ids.length * units);
  ids.forEach((id, row) => {
    rows.set(table.subarray(id * units, (id + 1) * units), row * units);
  });
  return rows;
}
