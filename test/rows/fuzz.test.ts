import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors/user-error.js';
import type { RowFileOptions } from '../../src/rows/row.js';
import { readAll, writeFiles } from './read-all.js';

const records = Array.from({ length: 40 }, (_, index) => ({
  text: `text ${index}, "quoted" – é\n${'x'.repeat(index)}`,
  label: index % 3 === 0 ? 'pos' : 'neg',
}));
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const csv = `text,label\n${records.map(({ text, label }) => `${quoted(text)},${label}\n`).join('')}`;
const jsonl = records.map((record) => `${JSON.stringify(record)}\n`).join('');
const plain = records.map(({ text }) => `${text.replace('\n', ' ')}\n`).join('');

const columnData = [
  { name: 'text', data: records.map(({ text }) => text), type: 'STRING' as const },
  { name: 'label', data: records.map(({ label }) => label), type: 'STRING' as const },
  { name: 'maybe', data: records.map((_, index) => (index % 4 ? index / 3 : null)), type: 'DOUBLE' as const },
  { name: 'yes', data: records.map((_, index) => index % 2 === 0), type: 'BOOLEAN' as const },
];
const parquet = (options: object) =>
  new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 25, pageSize: 300, ...options }));
const lists = parquetWriteBuffer({
  columnData: [{ name: 'tags', data: records.map(({ label }, index) => Array(index % 4).fill(label)) }],
  schema: [
    { name: 'root', num_children: 1 },
    { name: 'tags', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' },
  ],
});

const files: [name: string, content: Uint8Array, options?: RowFileOptions][] = [
  ['a.csv', Buffer.from(csv)],
  ['b.csv', Buffer.from(`\ufeff${csv}`, 'utf16le')],
  ['c.csv.gz', gzipSync(csv)],
  ['d.tsv', Buffer.from(csv.replaceAll('",', '"\t').replace(',', '\t'))],
  ['e.csv', Buffer.from(plain), { header: false, quote: '' }],
  ['f.jsonl', Buffer.from(jsonl)],
  ['g.json', Buffer.from(JSON.stringify(records))],
  ['h.ft', Buffer.from(plain.replaceAll('text', '__label__x text'))],
  ['i.txt', Buffer.from(plain), { encoding: 'latin1' }],
  ['j.txt', Buffer.from(plain), { labels: 'labels.txt' }],
  ['k.parquet', parquet({})],
  ['l.parquet', parquet({ codec: 'UNCOMPRESSED' })],
  ['m.parquet', parquet({ codec: 'GZIP', compressors: { GZIP: (bytes: Uint8Array) => gzipSync(bytes) } })],
  ['n.parquet', new Uint8Array(lists)],
  ['o', Buffer.from(csv)],
];

/** A change to a file's bytes; `at` and `length` are shares of the file's length. */
type Change = {
  kind: 'flip' | 'cut' | 'drop' | 'double' | 'insert' | 'zero';
  at: number;
  length: number;
  byte: number;
};

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('flip', 'flip', 'flip', 'cut', 'drop', 'double', 'insert', 'zero'),
  at: share,
  length: fc.oneof(
    share,
    share.map((value) => value / 100),
  ),
  byte: fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(...Buffer.from('"\n\r,\t[]{}\\\0\xff', 'latin1')),
  ),
});

function applied(content: Uint8Array, { kind, at, length, byte }: Change): Uint8Array {
  const from = Math.floor(at * content.length);
  const to = Math.min(content.length, from + 1 + Math.floor(length * content.length));
  const [before, part, behind] = [
    content.subarray(0, from),
    content.subarray(from, to),
    content.subarray(to),
  ];
  const joined = (...parts: Uint8Array[]) => Buffer.concat(parts);
  if (kind === 'cut') return before;
  if (kind === 'drop') return joined(before, behind);
  if (kind === 'double') return joined(before, part, part, behind);
  if (kind === 'insert') return joined(before, Buffer.from([byte]), part, behind);
  if (kind === 'zero') return joined(before, new Uint8Array(part.length), behind);
  return content.map((value, index) => (index === from ? byte : value));
}

const runs = process.env.IMDB_RNN_TEST_ALL ? 20_000 : 200;

describe('a file whose bytes were changed', () => {
  it(`is read or refused with a UserError, whatever was changed (${runs} changed files)`, async () => {
    const folder = await writeFiles({ 'labels.txt': plain });
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), changes, async ([name, content, options = {}], made) => {
        await writeFile(join(folder, name), made.reduce(applied, content));
        const labels = options.labels && join(folder, options.labels);
        try {
          await readAll(join(folder, name), { ...options, labels, onProblem: () => {} });
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          refused++;
        }
      }),
      { numRuns: runs },
    );
    expect(refused).toBeGreaterThan(runs / 20);
    expect(refused).toBeLessThan(runs);
  }, 600_000);

  it.each(files)('was read before it was changed: %s', async (name, content, options = {}) => {
    const folder = await writeFiles({ [name]: content, 'labels.txt': plain });
    const labels = options.labels && join(folder, options.labels);
    const rows = await readAll(join(folder, name), {
      ...options,
      labels,
      strict: name !== 'e.csv',
      onProblem: () => {},
    });
    expect(rows.length).toBeGreaterThanOrEqual(name === 'e.csv' ? 1 : 40);
  });
});
