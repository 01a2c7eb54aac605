import type { Row } from '../../src/rows/row.js';

/** Rows of `data.csv` as if their first one stood on line 2. */
export function rowsOf(values: readonly Readonly<Record<string, unknown>>[]): Row[] {
  return values.map((each, index) => ({ file: 'data.csv', line: index + 2, values: each }));
}

/** Rows with a text and a label. */
export function labelled(...pairs: readonly (readonly [text: unknown, label: unknown])[]): Row[] {
  return rowsOf(pairs.map(([text, label]) => ({ text, label })));
}
