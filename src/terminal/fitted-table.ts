import { displayWidth } from './display-width.js';
import { formatTable } from './table.js';

/** A column of a table that may lack some where the terminal is narrow. */
export interface FittedColumn<Row> {
  readonly title: string;
  cell(row: Row): string;
  readonly align: 'left' | 'right';
}

/**
 * A table that fits a terminal: as long as it is too wide, the least needed column is left out.
 *
 * @param options `width`: columns of the terminal; `leastNeeded`: titles, what goes first at the front
 * @returns the table, and the titles that were left out
 */
export function formatFittedTable<Row>(
  rows: readonly Row[],
  columns: readonly FittedColumn<Row>[],
  { width, leastNeeded }: { readonly width: number; readonly leastNeeded: readonly string[] },
): { table: string; leftOut: string[] } {
  const leftOut: string[] = [];
  const shown = () => columns.filter(({ title }) => !leftOut.includes(title));
  const tableOf = (tableWidth: number) =>
    formatTable(
      rows.map((row) => shown().map(({ cell }) => cell(row))),
      {
        header: shown().map(({ title }) => title),
        align: shown().map(({ align }) => align),
        width: tableWidth,
      },
    );
  for (const title of leastNeeded.filter((title) => columns.some((column) => column.title === title))) {
    if (widthOf(tableOf(Number.POSITIVE_INFINITY)) <= width) break;
    leftOut.push(title);
  }
  return { table: tableOf(width), leftOut };
}

/** `Not shown, for want of width: size, age (--json has them).`; nothing where all is shown. */
export function describeLeftOut(leftOut: readonly string[]): string[] {
  return leftOut.length > 0 ? [`Not shown, for want of width: ${leftOut.join(', ')} (--json has them).`] : [];
}

const widthOf = (table: string) => Math.max(...table.split('\n').map(displayWidth));
