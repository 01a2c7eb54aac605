import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { openRowFile } from '../../src/rows/open-row-file.js';
import { outcome, readAll, valuesOf, writeFiles } from './read-all.js';

const count = 5000;
const texts = Array.from({ length: count }, (_, index) => `text ${index} – ${'ab'.repeat(index % 50)}`);
const labels = texts.map((_, index) => ['neg', 'pos', 'other'][(index * index) % 3]);
const columnData = [
  { name: 'text', data: texts, type: 'STRING' as const },
  { name: 'label', data: labels, type: 'STRING' as const },
  { name: 'n', data: texts.map((_, index) => BigInt(index)), type: 'INT64' as const },
];
const write = (options: object) => new Uint8Array(parquetWriteBuffer({ columnData, ...options }));
const expected = texts.map((text, n) => ({ text, label: labels[n], n }));

describe('Parquet', () => {
  it.each([
    ['in one row group', {}],
    ['in several row groups', { rowGroupSize: 700 }],
    ['in small pages', { pageSize: 1000 }],
    ['without compression', { codec: 'UNCOMPRESSED' }],
  ])('is read whole, %s', async (_, options) => {
    const folder = await writeFiles({ 'a.parquet': write(options) });
    const file = await openRowFile(join(folder, 'a.parquet'));
    expect(file).toMatchObject({ format: 'parquet', columns: ['text', 'label', 'n'] });
    const rows = await readAll(file.path);
    expect(rows.map(({ values }) => values)).toEqual(expected);
    expect(rows.map(({ line }) => line)).toEqual(expected.map(({ n }) => n + 1));
  });

  it('is known by its first bytes, whatever its name', async () => {
    expect(await valuesOf('data.bin', write({}))).toEqual(expected);
  });

  it('gives values as JSON knows them', async () => {
    const types = parquetWriteBuffer({
      columnData: [
        { name: 'big', data: [2n ** 53n, -1n] },
        { name: 'day', data: [new Date('2024-02-29T12:00:00Z'), null], type: 'TIMESTAMP' },
        { name: 'score', data: [0.1, null], type: 'DOUBLE' },
        { name: 'yes', data: [true, false], type: 'BOOLEAN' },
        { name: 'made', data: [{ a: [1, 'x'] }, null], type: 'JSON' },
      ],
    });
    expect(await valuesOf('a.parquet', new Uint8Array(types))).toEqual([
      {
        big: '9007199254740992',
        day: '2024-02-29T12:00:00.000Z',
        score: 0.1,
        yes: true,
        made: { a: [1, 'x'] },
      },
      { big: -1, day: null, score: null, yes: false, made: null },
    ]);
  });

  it('reads lists', async () => {
    const schema = [
      { name: 'root', num_children: 1 },
      { name: 'tags', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' },
    ] as const;
    const data = [['a', 'b'], [], ['c']];
    const file = parquetWriteBuffer({ columnData: [{ name: 'tags', data }], schema: [...schema] });
    expect(await valuesOf('a.parquet', new Uint8Array(file))).toEqual(data.map((tags) => ({ tags })));
  });

  it('says where it is cut off or damaged', async () => {
    const sound = write({ rowGroupSize: 2500 });
    const half = Math.floor(sound.length / 2);
    const folder = await writeFiles({
      'cut.parquet': sound.subarray(0, half),
      'empty.parquet': new Uint8Array(
        parquetWriteBuffer({ columnData: [{ name: 'text', data: [], type: 'STRING' }] }),
      ),
      'torn.parquet': Buffer.concat([sound.subarray(0, 200), sound.subarray(300)]),
      'zeros.parquet': sound.map((byte, at) => (at > half && at < half + 500 ? 0 : byte)),
    });
    const said = (name: string) => outcome(join(folder, name), {}, folder);
    expect(await said('cut.parquet')).toEqual([
      'error: cut.parquet is cut off: a Parquet file ends with PAR1. -> Copy or download the file again, or write it again.',
    ]);
    expect(await said('empty.parquet')).toEqual([
      'error: empty.parquet holds columns and no rows. -> Is it the right file?',
    ]);
    expect((await said('torn.parquet')).at(-1)).toMatch(
      /^error: torn\.parquet is cut off or damaged in row group 1 of 2: /,
    );
    expect((await said('zeros.parquet')).at(-1)).toMatch(
      /^error: zeros\.parquet is cut off or damaged in row group \d of 2: /,
    );
  });

  it('says that texts are not UTF-8', async () => {
    const data = [Buffer.from('caf\xe9', 'latin1'), Buffer.from('ok')].map((bytes) => new Uint8Array(bytes));
    const schema = [
      { name: 'root', num_children: 1 },
      { name: 'text', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED' },
    ] as const;
    const file = new Uint8Array(
      parquetWriteBuffer({
        columnData: [{ name: 'text', data }],
        schema: [...schema],
        codec: 'UNCOMPRESSED',
      }),
    );
    const folder = await writeFiles({ 'a.parquet': file });
    expect(await outcome(join(folder, 'a.parquet'), {}, folder)).toEqual([
      'a.parquet:1: begins row group 1 of 1, in which texts hold bytes that are not UTF-8, read as U+FFFD.',
      '2 rows',
    ]);
  });
});
