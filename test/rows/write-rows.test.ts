import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openRowFile } from '../../src/rows/open-row-file.js';
import { type RowLayout, writeRows } from '../../src/rows/write-rows.js';
import { readAll, valuesOf, writeFiles } from './read-all.js';

type Values = Record<string, unknown>;

async function written(rows: readonly Values[], layout: RowLayout): Promise<string> {
  let text = '';
  for await (const part of writeRows([rows], layout)) text += part;
  return text;
}

/** Any text but one with NUL, which text files do not have; with many of the characters that mean something in CSV. */
const anyText = fc.oneof(
  fc.string({
    unit: fc.constantFrom('a', '"', "'", ',', ';', '\t', '|', '\n', '\r', ' ', '\ufeff', 'é', '😀'),
  }),
  fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', '')),
);
const columnNames = fc.uniqueArray(
  anyText.filter((name) => name !== ''),
  { minLength: 1, maxLength: 4 },
);
const table = columnNames.chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    rows: fc.array(fc.tuple(...columns.map(() => anyText)), { minLength: 1, maxLength: 6 }),
  }),
);
const layouts: Omit<RowLayout, 'columns'>[] = [
  { format: 'csv' },
  { format: 'tsv' },
  { format: 'csv', delimiter: ';', quote: "'" },
  { format: 'csv', delimiter: '|', header: false },
  { format: 'jsonl' },
];

describe('writeRows', () => {
  it.each(layouts)('writes any table of texts so that it is read as the same: %j', async (layout) => {
    await fc.assert(
      fc.asyncProperty(table, async ({ columns, rows }) => {
        const names = layout.header === false ? columns.map((_, index) => String(index + 1)) : columns;
        const values = rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
        const text = await written(values, { ...layout, columns: names });
        const { format, delimiter = format === 'csv' ? ',' : undefined, quote, header } = layout;
        expect(await valuesOf('a', text, { format, delimiter, quote, header })).toEqual(values);
      }),
      { numRuns: process.env.IMDB_RNN_TEST_ALL ? 5000 : 200 },
    );
  });

  it('adds columns to a file in the way that the file is written', async () => {
    const folder = await writeFiles({ 'a.csv': 'text;n\n"good; really";1\nbad;2\n' });
    const file = await openRowFile(join(folder, 'a.csv'));
    const { delimiter, quote, header } = file;
    const rows = (await readAll(file.path)).map(({ values }) => ({
      ...values,
      label: 'pos',
      probability: 0.1 + 0.2,
    }));
    const columns = [...file.columns, 'label', 'probability'];
    expect(await written(rows, { format: 'csv', columns, delimiter, quote, header })).toBe(
      'text;n;label;probability\n"good; really";1;pos;0.30000000000000004\nbad;2;pos;0.30000000000000004\n',
    );
  });

  it('writes numbers in their shortest form, nothing for what is not there, JSON for the rest', async () => {
    const row = { a: 0.1, b: 1e21, c: null, d: true, e: [1, 'x'], f: { g: 1 }, h: 12n, i: -0 };
    const columns = [...Object.keys(row), 'missing'];
    expect(await written([row], { format: 'csv', columns, header: false })).toBe(
      '0.1,1e+21,,true,"[1,""x""]","{""g"":1}",12,0,\n',
    );
    expect(await written([row], { format: 'jsonl', columns })).toBe(
      '{"a":0.1,"b":1e+21,"c":null,"d":true,"e":[1,"x"],"f":{"g":1},"h":"12","i":0}\n',
    );
  });

  it('refuses a field that would need quotes where there are none', async () => {
    const layout = { format: 'tsv', columns: ['text'], quote: '' } as const;
    expect(await written([{ text: 'a "b"' }], layout)).toBe('text\na "b"\n');
    await expect(written([{ text: 'a\tb' }], layout)).rejects.toMatchObject({
      name: 'UserError',
      message: 'The field "a\\tb" cannot be written without quotes.',
      hint: 'Write JSONL, or CSV with quotes.',
    });
  });
});
