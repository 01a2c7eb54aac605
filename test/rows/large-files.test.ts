import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openRowFile } from '../../src/rows/open-row-file.js';
import { readAll, writeFiles } from './read-all.js';

/** 2.4 MB, so that records lie across the borders of the 256 KiB that are read at once. */
const records = Array.from({ length: 12_000 }, (_, index) => ({
  id: String(index),
  text: `"${index}", é – 😀${index % 7 === 0 ? '\r\nsecond\n' : ''}${'x'.repeat((index * 37) % 300)}`,
}));
const csvLine = ({ id, text }: { id: string; text: string }) => `${id},"${text.replaceAll('"', '""')}"\r\n`;
const csv = `id,text\r\n${records.map(csvLine).join('')}`;
const linesBefore = records.map((record) => csvLine(record).split('\n').length - 1);

describe('files larger than what is read at once', () => {
  it.each([
    ['a.csv', csv],
    ['a.csv', Buffer.from(`\ufeff${csv}`, 'utf16le')],
    ['a.csv.gz', gzipSync(csv)],
    ['a.jsonl', records.map((record) => JSON.stringify(record)).join('\n')],
    ['a.json', JSON.stringify(records)],
    ['a.json', JSON.stringify(records, undefined, 2)],
    ['a.json', Buffer.from(`\ufeff${JSON.stringify(records)}`, 'utf16le').swap16()],
  ])('are read whole: %s', async (name, content) => {
    const folder = await writeFiles({ [name]: content });
    const rows = await readAll(join(folder, name));
    expect(rows.map(({ values }) => values)).toEqual(records);
    let line = name.startsWith('a.csv') ? 2 : 1;
    for (const [index, row] of rows.entries()) {
      expect(row.line).toBe(line);
      line += name.startsWith('a.csv') ? linesBefore[index] : 1;
    }
  });

  it('come in portions of at most 4096 rows', async () => {
    const folder = await writeFiles({
      'a.csv': `n\n${'1\n'.repeat(100_000)}`,
      'a.txt': '1\n'.repeat(100_000),
    });
    for (const name of ['a.csv', 'a.txt']) {
      let rows = 0;
      for await (const portion of (await openRowFile(join(folder, name))).portions()) {
        expect(portion.length).toBeLessThanOrEqual(4096);
        rows += portion.length;
      }
      expect(rows).toBe(100_000);
    }
  });

  it('are compared line by line where texts and labels lie in two', async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => `${index}\n`).join('');
    const folder = await writeFiles({ 'texts.txt': lines(50_000), 'labels.txt': lines(50_000) });
    const rows = await readAll(folder);
    expect(rows.length).toBe(50_000);
    expect(
      rows.every(({ values, line }) => values.text === values.label && values.text === String(line - 1)),
    ).toBe(true);
  });

  it('keep their line numbers behind a quote that is not closed and behind bytes that are no text', async () => {
    const good = 'good,pos\n'.repeat(60_000);
    const bytes = Buffer.from(`text,label\n${good}caf\xe9,pos\n${good}"open,pos\n${good}`, 'latin1');
    const folder = await writeFiles({ 'a.csv': bytes });
    const lines: number[] = [];
    const rows = await readAll(join(folder, 'a.csv'), { onProblem: ({ line }) => lines.push(line) });
    expect(lines).toEqual([60_002, 120_003]);
    expect(rows.length).toBe(180_001);
    expect(rows.at(-1)?.line).toBe(180_003);
  });
});
