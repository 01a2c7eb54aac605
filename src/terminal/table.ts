import { colorsFor } from './colors.js';
import { columnsOf, cropToWidth, displayWidth, toOneLine } from './display-width.js';

export interface TableOptions {
  /** Column titles; default: none. */
  header?: readonly string[];
  /** Side of each column; default: right where all of its cells are numbers (with or without a unit), else left. */
  align?: readonly ('left' | 'right')[];
  /** Columns of the terminal; a wider table has its longest left-aligned cells cut. Default: standard output's, no limit in a file. */
  width?: number;
}

const gap = '  ';
const numeric = /^(-|[-+]?\d[\d,]*(\.\d+)?(e[-+]?\d+)?( ?[%\p{L}/·²³µ]+)?)$/u;
const narrowestColumn = 8;

/**
 * A plain table as text without a last line break, ready for `print`. Cells are text as it should be shown (numbers become text as they
 * are); line breaks and control characters in them become harmless, since cells may hold a user's text.
 *
 * ```ts
 * print(formatTable([['positive', formatPercent(0.81)], ['negative', formatPercent(0.72)]], { header: ['label', 'recall'] }));
 * ```
 */
export function formatTable(
  rows: readonly (readonly (string | number)[])[],
  options: TableOptions = {},
): string {
  const { header, width = columnsOf(process.stdout) } = options;
  const cells = rows.map((row) => row.map((cell) => toOneLine(String(cell))));
  const columnCount = Math.max(header?.length ?? 0, ...cells.map((row) => row.length));
  const columns = Array.from({ length: columnCount }, (_, column) => cells.map((row) => row[column] ?? ''));
  const align = columns.map(
    (column, index) =>
      options.align?.[index] ?? (column.every((cell) => numeric.test(cell)) ? 'right' : 'left'),
  );
  const natural = columns.map((column, index) =>
    Math.max(displayWidth(header?.[index] ?? ''), ...column.map(displayWidth)),
  );
  const widths = narrowed(natural, align, width);
  const toLine = (row: readonly string[]) =>
    widths
      .map((columns, index) => padded(row[index] ?? '', columns, align[index]))
      .join(gap)
      .trimEnd();
  const { bold } = colorsFor(process.stdout);
  return [...(header ? [bold(toLine(header))] : []), ...cells.map(toLine)].join('\n');
}

/** Takes the columns that a table has too many from its widest left-aligned ones, one by one. */
function narrowed(natural: readonly number[], align: readonly string[], width: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, columns) => sum + columns + gap.length, -gap.length) - width;
  while (excess > 0) {
    const left = widths.filter((_, index) => align[index] === 'left');
    const widest = Math.max(0, ...left);
    if (widest <= narrowestColumn) break;
    widths[widths.findIndex((columns, index) => columns === widest && align[index] === 'left')] -= 1;
    excess -= 1;
  }
  return widths;
}

function padded(cell: string, columns: number, side: 'left' | 'right'): string {
  const text = cropToWidth(cell, columns);
  const space = ' '.repeat(Math.max(0, columns - displayWidth(text)));
  return side === 'right' ? space + text : text + space;
}
