import type { Row, RowFile } from '../../rows/row.js';

/** Rows that a guess looks at. */
const guessedRows = 1000;

/** The values of a file's first rows, as many as a guess goes by. */
export async function firstRows(file: Pick<RowFile, 'portions'>): Promise<readonly Row['values'][]> {
  const rows: Row['values'][] = [];
  for await (const portion of file.portions()) {
    rows.push(...portion.slice(0, guessedRows - rows.length).map(({ values }) => values));
    if (rows.length >= guessedRows) break;
  }
  return rows;
}
