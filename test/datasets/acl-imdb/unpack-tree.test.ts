import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ReviewSplit } from '../../../src/datasets/acl-imdb/review-splits.js';
import { openTreeSplit } from '../../../src/datasets/acl-imdb/tree-split.js';
import { unpackTree } from '../../../src/datasets/acl-imdb/unpack-tree.js';
import { readAll } from '../../../src/datasets/read-all.js';
import { smallCounts, smallEntries, writeArchive } from '../make-archive.js';
import { temporaryFolder } from '../temporary-folder.js';

async function prepare(entries = smallEntries) {
  const base = await temporaryFolder();
  const folder = join(base, 'aclImdb');
  const archive = await writeArchive(join(base, 'archive.tar.gz'), entries);
  const unpack = (splits: readonly ReviewSplit[]) =>
    unpackTree(archive, { folder, splits, counts: smallCounts });
  const open = (name: ReviewSplit) => openTreeSplit(name, { folder, counts: smallCounts });
  return { folder, unpack, open };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  return files.map((file) => file.slice(folder.length + 1)).sort();
}

describe('unpacking as the classical tree', () => {
  it('writes the files of the splits that are asked for, byte for byte', async () => {
    const { folder, unpack } = await prepare();
    await unpack(['train', 'test']);
    const wanted = smallEntries.filter(({ path, type }) => type !== 'Directory' && !path.includes('unsup'));
    expect(await filesIn(folder)).toEqual(wanted.map(({ path }) => path.slice('aclImdb/'.length)).sort());
    for (const { path, content } of wanted) {
      expect(await readFile(join(folder, '..', path), 'utf8')).toBe(content);
    }
  });

  it('adds the unsupervised split to a tree that is there', async () => {
    const { folder, unpack, open } = await prepare();
    await unpack(['train', 'test']);
    const before = await filesIn(folder);
    await unpack(['unsupervised']);
    const added = (await filesIn(folder)).filter((file) => !before.includes(file));
    expect(added).toEqual(['train/unsup/0_0.txt', 'train/unsup/1_0.txt', 'train/urls_unsup.txt']);
    expect((await open('unsupervised'))?.count).toBe(2);
    expect((await open('train'))?.count).toBe(3);
  });

  it('fills in the folder that an unpacking which was killed between two of them left out', async () => {
    const { folder, unpack, open } = await prepare();
    await unpack(['train', 'test']);
    await rm(join(folder, 'train', 'neg'), { recursive: true });
    await expect(open('train')).rejects.toThrow(/not complete: .*train.neg holds no reviews of 1/);
    await unpack(['train']);
    expect((await open('train'))?.count).toBe(3);
  });

  it.each([
    ['lacks a review', (path: string) => rm(path)],
    ['has one that is cut off', (path: string) => writeFile(path, 'Goo')],
  ])('touches no folder of reviews that %s, and says what to do', async (_name, spoil) => {
    const { folder, unpack } = await prepare();
    await unpack(['train', 'test']);
    await spoil(join(folder, 'train', 'pos', '9_7.txt'));
    const before = await filesIn(folder);
    await expect(unpack(['train'])).rejects.toMatchObject({
      message: /train.pos is in the way, and 1 of its 2 reviews are missing or cut off/,
      hint: /Move or delete/,
    });
    expect(await filesIn(folder)).toEqual(before);
  });

  it('writes no file that a tree of reviews does not have, such as an index of compact files', async () => {
    const strange = ['index.json', 'train.jsonl', 'train/pos/run.sh', 'bin/imdb', 'train/extra/0_1.txt'];
    const { folder, unpack } = await prepare([
      ...smallEntries,
      ...strange.map((path) => ({ path: `aclImdb/${path}`, content: 'x' })),
    ]);
    await unpack(['train', 'test']);
    const written = await filesIn(folder);
    expect(strange.filter((path) => written.includes(path))).toEqual([]);
  });

  it('leaves nothing when reviews are missing', async () => {
    const { folder, unpack } = await prepare(smallEntries.filter(({ path }) => !path.includes('test/neg/0')));
    await expect(unpack(['train', 'test'])).rejects.toThrow(/is not the whole data set/);
    expect(await filesIn(folder)).toEqual([]);
  });
});

describe('a tree that is there', () => {
  it('is read in the order of label and number, whatever the order of the folder', async () => {
    const { unpack, open } = await prepare();
    await unpack(['train']);
    const train = await open('train');
    expect(await readAll(train!)).toEqual([
      { target: 0, text: 'A "bad" film\\movie,<br />with\ttabs\r\nand lines \u2028.' },
      { target: 1, text: 'Good.' },
      { target: 1, text: '\ufeffCaf\u00e9 \u4e2d \u{1f600} \u0000 good' },
    ]);
    expect(train?.labels).toEqual(['negative', 'positive']);
  });

  it('changes its content hash when a review is written anew, and keeps it otherwise', async () => {
    const { folder, unpack, open } = await prepare();
    await unpack(['train']);
    const hash = (await open('train'))?.contentHash;
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect((await open('train'))?.contentHash).toBe(hash);
    await writeFile(join(folder, 'train', 'pos', '9_7.txt'), 'Bad!!');
    expect((await open('train'))?.contentHash).not.toBe(hash);
  });

  it('is not complete when a review is empty', async () => {
    const { folder, unpack, open } = await prepare();
    await unpack(['train']);
    await writeFile(join(folder, 'train', 'pos', '9_7.txt'), '');
    await expect(open('train')).rejects.toThrow(/not complete: .*9_7\.txt is empty/);
  });

  it('is no tree at all when it has no folder of the split', async () => {
    const { folder, open } = await prepare();
    await mkdir(join(folder, 'test', 'pos'), { recursive: true });
    expect(await open('train')).toBeUndefined();
  });
});
