import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openSplit } from '../../../src/datasets/open-split.js';
import { readAll } from '../../../src/datasets/read-all.js';
import { resolveDataset, splitsOfDataset } from '../../../src/datasets/resolve-dataset.js';
import type { SplitName } from '../../../src/datasets/split.js';
import { temporaryFolder } from '../temporary-folder.js';
import { filesSettings, put } from './own-files.js';

/** Writes files, and opens splits of them in a folder of their own. */
async function withFiles(contents: Record<string, string>) {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(contents)) await put(join(folder, name), content);
  const at = (value: unknown) => (typeof value === 'string' ? join(folder, value) : value);
  const open = async (
    name: SplitName,
    given: { train?: string; test?: string; validation?: string; [key: string]: unknown },
  ) => {
    const notes: string[] = [];
    const paths = { train: at(given.train), test: at(given.test), validation: at(given.validation) };
    const dataset = filesSettings({ ...given, ...paths });
    const split = await openSplit(name, {
      dataset,
      dataDir: folder,
      onNote: (note) => notes.push(note.replaceAll(`${folder}/`, '')),
    });
    return {
      split,
      notes,
      texts: (await readAll(split)).map(({ text }) => text),
      examples: await readAll(split),
    };
  };
  return { folder, open };
}

const noTest = { split: { test: 0 } };
const csv = (...rows: string[]) => `text,label\n${rows.join('\n')}\n`;

describe('the survey of files', () => {
  it('tells what was guessed, what is in the files, and how many examples each split has', async () => {
    const rows = Array.from({ length: 40 }, (_, row) => `text number ${row},${row % 4 ? 'no' : 'yes'}`);
    const { open } = await withFiles({ 'a.csv': csv(...rows) });
    const { notes, split, texts } = await open('train', { train: 'a.csv' });
    expect(notes).toEqual([
      'a.csv: text column "text" (by its name), label column "label" (by its name)',
      'labels: no (30), yes (10)',
      'examples: 36 for training (a.csv), 4 for test (held out)',
    ]);
    expect(split).toMatchObject({ name: 'train', labels: ['no', 'yes'], count: 36, kind: 'texts' });
    const held = await open('test', { train: 'a.csv' });
    expect(held.examples.map(({ target }) => target).sort()).toEqual([0, 0, 0, 1]);
    expect([...texts, ...held.texts].sort()).toEqual(rows.map((row) => row.split(',')[0]).sort());
  });

  it('leaves rows without text or label out, and tells the first of them with their lines', async () => {
    const bad = ['x,', ',yes', 'only one field', '  ,no', 'w,', 'v,'];
    const { open } = await withFiles({ 'a.csv': csv('a,yes', 'b,no', ...bad) });
    const { notes, texts } = await open('train', { train: 'a.csv', ...noTest });
    expect(texts).toEqual(['a', 'b']);
    expect(notes.slice(1)).toEqual([
      'problems in the files: 1',
      '  a.csv:6: has 1 field where the header has 2.',
      '  Is "," the delimiter of this file?',
      'rows that are left out: 5',
      '  a.csv:4: has no label.',
      '  a.csv:5: has no text.',
      '  a.csv:7: has no text.',
      '  and 2 more',
      'labels: no (1), yes (1)',
      'the label "no" has one example (a.csv:3), and 1 other label too: it cannot be measured',
      'examples: 2 for training (a.csv)',
    ]);
  });

  it('stops at the first problem when strict, also where the survey was kept', async () => {
    const { open } = await withFiles({ 'a.csv': csv('a,yes', 'b,no', 'c,') });
    await open('train', { train: 'a.csv', ...noTest });
    await expect(open('train', { train: 'a.csv', ...noTest, strict: true })).rejects.toThrow(
      /a\.csv:4: has no label\.$/,
    );
  });

  it('counts repeated texts, and drops them when asked to', async () => {
    const { open } = await withFiles({ 'a.csv': csv('a,yes', 'b,no', 'a,yes', 'a,no', 'c,no') });
    const kept = await open('train', { train: 'a.csv', ...noTest });
    expect(kept.texts).toEqual(['a', 'b', 'a', 'a', 'c']);
    expect(kept.notes[1]).toBe(
      '2 training rows repeat the text of an earlier one, 1 of them with another label, such as a.csv:4 that of a.csv:2; they are kept (dataset.duplicates)',
    );
    const dropped = await open('train', { train: 'a.csv', ...noTest, duplicates: 'drop' });
    expect(dropped.texts).toEqual(['a', 'b', 'c']);
    expect(dropped.split.contentHash).not.toBe(kept.split.contentHash);
  });

  it('finds texts of the test file that are in training, too', async () => {
    const { open } = await withFiles({
      'a.csv': csv('a,yes', 'b,no', 'c,no', 'd,yes'),
      't.csv': csv('b,no', 'e,yes', 'd,no'),
    });
    const { notes } = await open('test', { train: 'a.csv', test: 't.csv' });
    expect(notes.slice(1, 4)).toEqual([
      'test rows whose text is on another side, too: 2',
      '  t.csv:2: the same text is among the training rows (a.csv:3).',
      '  t.csv:4: the same text is among the training rows (a.csv:5).',
    ]);
  });

  it('never holds a text out whose double it trains on', async () => {
    const rows = Array.from({ length: 300 }, (_, row) => `text ${row % 60},${(row % 60) % 2}`);
    const { open } = await withFiles({ 'a.csv': csv(...rows) });
    const [train, test] = [await open('train', { train: 'a.csv' }), await open('test', { train: 'a.csv' })];
    expect(train.texts.filter((text) => test.texts.includes(text))).toEqual([]);
    expect([train.texts.length, test.texts.length]).toEqual([270, 30]);
    expect(train.notes.join()).not.toContain('on another side');
  });

  it('keeps groups on one side, and tells of groups that files tear', async () => {
    const rows = Array.from({ length: 200 }, (_, row) => `text ${row},${row % 2},author ${row % 23}`);
    const header = 'text,label,author\n';
    const { open } = await withFiles({
      'a.csv': header + rows.join('\n'),
      't.csv': `${header}new,1,author 5`,
    });
    const given = { train: 'a.csv', groupBy: 'author' };
    const authors = new Map<string, SplitName>();
    for (const name of ['train', 'validation', 'test'] as const) {
      const { texts } = await open(name, given);
      expect(texts.length).toBeGreaterThan(8);
      for (const text of texts) {
        const author = rows[Number(text.split(' ')[1])].split(',')[2];
        expect(authors.get(author) ?? name).toBe(name);
        authors.set(author, name);
      }
    }
    expect(authors.size).toBe(23);
    expect((await open('test', { ...given, test: 't.csv' })).notes.join('\n')).toMatch(
      /test rows whose group is on another side, too: 1\n {2}t\.csv:2: the same group is among the training rows \(a\.csv:7\)\./,
    );
  });

  it('leaves rows of unknown labels out when asked to, and says how many', async () => {
    const { open } = await withFiles({
      'a.csv': csv('a,yes', 'b,no'),
      't.csv': csv('c,no', 'd,maybe', 'e,maybe', 'f,si'),
    });
    const { notes, texts } = await open('test', { train: 'a.csv', test: 't.csv', ignoreUnknownLabels: true });
    expect(texts).toEqual(['c']);
    expect(notes.slice(1, 4)).toEqual([
      'labels that are not known, whose rows are left out: 2',
      '  t.csv:3: the label "maybe" (2 rows) is not among those of training.',
      '  t.csv:5: the label "si" (1 row) is not among those of training.',
    ]);
  });

  it('joins columns of text, and gives weights, numbers and categories of the training rows', async () => {
    const header = 'title,body,label,w,n,kind,flag';
    const train = [
      'A,one,x,2,1.5,red,true',
      ',two,y,0.5,-3,blue,false',
      'C,three,x,1,1e2,,true',
      'D,four,y,x,1,red,true',
    ];
    const { open } = await withFiles({
      'a.csv': [header, ...train].join('\n'),
      't.csv': `${header}\nE,five,y,1,0,green,false\nF,six,y,1,0,red,false`,
    });
    const given = {
      ...{ train: 'a.csv', test: 't.csv', columns: { title: 'title', text: 'body' }, weight: 'w' },
      features: { numeric: ['n'], categorical: ['kind', 'flag'] },
    };
    const { examples, notes } = await open('train', given);
    expect(examples).toEqual([
      { text: 'A ¶ one', target: 0, weight: 2, features: [1.5, 0, 1, 0, 1] },
      { text: ' ¶ two', target: 1, weight: 0.5, features: [-3, 1, 0, 1, 0] },
      { text: 'C ¶ three', target: 0, weight: 1, features: [100, 0, 0, 0, 1] },
    ]);
    expect(notes).toContain('  a.csv:5: has "x" in column "w", where a number is expected.');
    expect((await open('test', given)).examples.map(({ features }) => features)).toEqual([
      [0, 0, 0, 1, 0],
      [0, 0, 1, 1, 0],
    ]);
  });

  it('reads several labels from cells with a separator', async () => {
    const { open } = await withFiles({ 'a.csv': csv('a,x|y', 'b,y', 'c, z | x |', 'd,') });
    const { examples, split } = await open('train', { train: 'a.csv', labelSeparator: '|', ...noTest });
    expect(split).toMatchObject({ several: true, labels: ['x', 'y', 'z'] });
    expect(examples.map(({ target }) => target)).toEqual([[0, 1], [1], [0, 2], []]);
  });

  it('has one name and one hash for the same content, whatever the format, and another for other content', async () => {
    const { open } = await withFiles({
      'a.csv': csv('a,1', 'b,2', 'c,1'),
      'b.jsonl': '{"label":1.0,"text":"a"}\n{"label":2,"text":"b"}\n{"text":"c","label":"1"}',
      'c.csv': csv('a,1', 'b,1', 'c,2'),
    });
    const [one, two, other] = await Promise.all(
      ['a.csv', 'b.jsonl', 'c.csv'].map((train) => open('train', { train, ...noTest })),
    );
    expect(two.split.contentHash).toBe(one.split.contentHash);
    expect(two.split.labels).toEqual(['1', '2']);
    expect(other.split.contentHash).not.toBe(one.split.contentHash);
  });
});

describe('what is kept of a survey', () => {
  it('says the same and gives the same, and is made anew when a file has changed', async () => {
    const { folder, open } = await withFiles({ 'a.csv': csv('a,yes', 'b,no', 'c,', 'd,yes') });
    const kept = async () =>
      (await readdir(join(folder, 'cache'))).filter((name) => name.startsWith('files-'));
    const first = await open('train', { train: 'a.csv', ...noTest });
    const second = await open('train', { train: 'a.csv', ...noTest });
    expect([second.notes, second.examples, second.split.contentHash]).toEqual([
      first.notes,
      first.examples,
      first.split.contentHash,
    ]);
    expect(await kept()).toHaveLength(1);
    await writeFile(join(folder, 'a.csv'), csv('a,yes', 'b,no', 'c,no', 'd,yes'));
    await utimes(join(folder, 'a.csv'), 1, 1);
    expect((await open('train', { train: 'a.csv', ...noTest })).texts).toEqual(['a', 'b', 'c', 'd']);
    expect(await kept()).toHaveLength(2);
  });

  it('is not trusted where it is damaged', async () => {
    const { folder, open } = await withFiles({ 'a.csv': csv('a,yes', 'b,no') });
    await open('train', { train: 'a.csv', ...noTest });
    const [name] = await readdir(join(folder, 'cache'));
    const content = await readFile(join(folder, 'cache', name));
    content[content.length >> 1] ^= 1;
    await writeFile(join(folder, 'cache', name), content);
    expect((await open('train', { train: 'a.csv', ...noTest })).texts).toEqual(['a', 'b']);
  });

  it('refuses a file that shrinks between the survey and the reading', async () => {
    const { folder } = await withFiles({ 'a.csv': csv('a,yes', 'b,no', 'c,no') });
    const dataset = filesSettings({ train: join(folder, 'a.csv'), ...noTest });
    const split = await openSplit('train', { dataset, dataDir: folder });
    await writeFile(join(folder, 'a.csv'), csv('a,yes', 'b,no'));
    await expect(readAll(split)).rejects.toThrow(/a\.csv has changed while it was read\.$/);
  });
});

describe('filling settings in', () => {
  it('makes paths absolute, fills in what all files have in common, and does nothing the second time', async () => {
    const { folder } = await withFiles({
      'd/train.csv': 'body;stars\na b c;1\nd e f;2\n',
      'd/test.tsv': 'body\tstars\ng h\t1\n',
    });
    const dataset = filesSettings({ path: join(folder, 'd') });
    const resolved = await resolveDataset(dataset, { dataDir: folder });
    expect(resolved).toEqual({
      ...{
        ...dataset,
        path: undefined,
        train: join(folder, 'd/train.csv'),
        test: join(folder, 'd/test.tsv'),
      },
      ...{ text: 'body', label: 'stars', encoding: 'utf-8' },
    });
    expect(await resolveDataset(resolved, { dataDir: folder })).toEqual(resolved);
    expect(await splitsOfDataset({ dataset: resolved, dataDir: folder })).toEqual(['train', 'test']);
  });

  it('fills in the categories of the training rows', async () => {
    const { folder } = await withFiles({ 'a.csv': 'text,label,k\na,1,10\nb,2,9\nc,1,\n' });
    const dataset = filesSettings({
      train: join(folder, 'a.csv'),
      features: { categorical: ['k'] },
      ...noTest,
    });
    const resolved = await resolveDataset(dataset, { dataDir: folder });
    expect(resolved).toMatchObject({
      features: { numeric: [], categorical: ['k'], categories: [['9', '10']] },
    });
  });
});
