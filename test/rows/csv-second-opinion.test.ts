import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitRecord } from '../../src/rows/split-record.js';

/** A field as programs write it: enclosed where it must be, and sometimes where it need not be. */
const field = fc.record({
  text: fc.string({ unit: fc.constantFrom('a', ' ', ',', ';', '"', '\n', '\r\n', 'é', '') }),
  enclosed: fc.boolean(),
});
const writtenField = ({ text, enclosed }: { text: string; enclosed: boolean }) =>
  enclosed || /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const table = fc.integer({ min: 2, max: 5 }).chain((columns) =>
  fc.record({
    delimiter: fc.constantFrom(',', ';'),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    rows: fc.array(fc.array(field, { minLength: columns, maxLength: columns }), {
      minLength: 1,
      maxLength: 8,
    }),
    ends: fc.boolean(),
  }),
);

describe('splitRecord', () => {
  it('splits what is sound as csv-parse does', () => {
    fc.assert(
      fc.property(table, ({ delimiter, lineEnd, rows, ends }) => {
        const lines = rows.map((row) => row.map(writtenField).join(delimiter));
        const text = lines.join(lineEnd) + (ends ? lineEnd : '');
        const records: (readonly string[])[] = [];
        for (let at = 0; at < text.length; ) {
          const split = splitRecord(text, at, { delimiter, quote: '"' });
          if (split.kind !== 'record') throw new Error(`not sound at ${at}: ${JSON.stringify(split)}`);
          records.push(split.fields);
          at = split.end;
        }
        expect(records).toEqual(
          parse(text, { delimiter, record_delimiter: lineEnd, relax_column_count: true }),
        );
      }),
      { numRuns: process.env.IMDB_RNN_TEST_ALL ? 20_000 : 500 },
    );
  });
});
