import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settings as settingsSchema } from '../../../src/datasets/files/settings.js';
import { openSplit } from '../../../src/datasets/open-split.js';
import { readAll } from '../../../src/datasets/read-all.js';
import type { TextSplit } from '../../../src/datasets/split.js';
import { temporaryFolder } from '../temporary-folder.js';

/** Two labelled rows, and files of texts. */
async function open(
  files: Readonly<Record<string, string | Buffer>>,
  more: object = {},
  onNote?: (note: string) => void,
): Promise<TextSplit> {
  const folder = await temporaryFolder();
  const train = join(folder, 'train.csv');
  await writeFile(train, 'title,body,kind\na,fine day,good\nb,dull day,bad\n');
  const paths = Object.keys(files).map((name) => join(folder, name));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const dataset = settingsSchema.parse({
    ...{ name: 'files', train, unsupervised: paths.length === 1 ? paths[0] : paths },
    ...{ text: 'body', label: 'kind', split: { test: 0 }, ...more },
  });
  const options = { dataset, dataDir: join(folder, 'data'), onNote };
  return (await openSplit('unsupervised', options)) as TextSplit;
}

const textsOf = async (split: TextSplit) => (await readAll(split)).map(({ text }) => text);

describe('texts of files without labels', () => {
  it('come from the column of the training texts, whatever the format', async () => {
    const split = await open({
      'more.csv': 'body,kind\n"one, two",good\n"",bad\nthree,\n',
      'more.jsonl': '{"body": "four"}\n{"body": null}\n{"other": 1, "body": "five"}\n',
    });
    expect(split).toMatchObject({ name: 'unsupervised', labels: ['bad', 'good'], count: 4 });
    expect(await textsOf(split)).toEqual(['one, two', 'three', 'four', 'five']);
    expect((await readAll(split)).map(({ target }) => target)).toEqual([-1, -1, -1, -1]);
  });

  it('are the lines of a text file', async () => {
    expect(await textsOf(await open({ 'more.txt': 'one\n\ntwo\n' }))).toEqual(['one', 'two']);
  });

  it('are joined from several columns as those of training are', async () => {
    const columns = { text: undefined, columns: { head: 'title', rest: 'body' } };
    const split = await open({ 'more.csv': 'body,title\ntwo,one\n' }, columns);
    expect(await textsOf(split)).toEqual(['one ¶ two']);
  });

  it('are other content when a text differs', async () => {
    const [one, other, same] = await Promise.all(
      ['one\ntwo\n', 'one\ntoo\n', 'one\ntwo\n'].map((content) => open({ 'more.txt': content })),
    );
    expect(one.contentHash).not.toBe(other.contentHash);
    expect(one.contentHash).toBe(same.contentHash);
  });

  it('are told of where they cannot be read, which ends a strict reading', async () => {
    const notes: string[] = [];
    const damaged = { 'more.jsonl': '{"body": "one"}\n{"body": \n{"body": "three"}\n' };
    const split = await open(damaged, {}, (note) => notes.push(note));
    expect(await textsOf(split)).toEqual(['one', 'three']);
    expect(notes[0]).toBe('problems in the files without labels: 1');
    expect(notes[1]).toMatch(/more\.jsonl:2: /);
    // What was wrong with the labelled files was told when those were read.
    expect(notes.join('\n')).not.toContain('train.csv');
    await expect(open(damaged, { strict: true })).rejects.toThrow(/more\.jsonl:2: /);
  });

  it('may be binary, which is told', async () => {
    const notes: string[] = [];
    const bytes = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3) * 31) % 256));
    await open({ 'more.txt': bytes }, {}, (note) => notes.push(note));
    expect(notes.join('\n')).toMatch(/more\.txt:/);
  });

  it('need a column that is there, and a text at all', async () => {
    await expect(open({ 'more.csv': 'bodi,x\none,1\n' })).rejects.toMatchObject({
      message: expect.stringMatching(/more\.csv has no column "body", which is the text of the training/),
      hint: expect.stringContaining('Did you mean "bodi"?'),
    });
    await expect(open({ 'more.txt': '\n\n' })).rejects.toThrow(/more\.txt holds no text/);
    await expect(open({})).rejects.toThrow();
  });
});
