import { formatCount } from '../formats/numbers.js';
import type { FigureTable } from '../tasks/figure.js';

/**
 * A table that is not too long to read: of more rows those with the most examples, in their order; of a confusion matrix
 * their columns, too.
 *
 * @param options.rows most rows
 * @returns `note`: what is left out, where something is
 */
export function cutTable(
  table: FigureTable,
  { rows: most }: { rows: number },
): { table: FigureTable; note?: string } {
  const { kind, columns, rows } = table;
  if (rows.length <= most) return { table };
  const count = kind === 'figures' ? columns.findLastIndex(({ form }) => form === 'count') : -1;
  const weights = rows.map(({ values }) =>
    count < 0 ? values.reduce<number>((sum, value) => sum + (value ?? 0), 0) : (values[count] ?? 0),
  );
  const kept = [...rows.keys()]
    .sort((one, other) => weights[other] - weights[one] || one - other)
    .slice(0, most)
    .sort((one, other) => one - other);
  const keptRows = kept.map((row) => rows[row]);
  const note = `${table.title}: the ${formatCount(most)} of ${formatCount(rows.length)} with the most examples`;
  if (kind === 'figures') return { table: { ...table, rows: keptRows }, note };
  return {
    table: {
      ...table,
      columns: kept.map((column) => columns[column]),
      rows: keptRows.map(({ name, values }) => ({ name, values: kept.map((column) => values[column]) })),
    },
    note,
  };
}
