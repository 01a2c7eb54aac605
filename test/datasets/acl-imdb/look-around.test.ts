import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { downloadAclImdb } from '../../../src/datasets/acl-imdb/download-acl-imdb.js';
import { ensureAclImdb } from '../../../src/datasets/acl-imdb/ensure-acl-imdb.js';
import { hintToTree } from '../../../src/datasets/acl-imdb/look-around.js';
import { openAclImdbSplit } from '../../../src/datasets/acl-imdb/open-acl-imdb.js';
import { readAll } from '../../../src/datasets/read-all.js';
import { makeTar, smallCounts, smallEntries, writeArchive } from '../make-archive.js';
import { temporaryFolder } from '../temporary-folder.js';

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

/** The data set as a tree, or as compact files, at `<path>`. */
async function unpackAt(path: string, layout: 'files' | 'compact') {
  const made = await temporaryFolder();
  const archive = await writeArchive(join(made, 'a.tar.gz'));
  await downloadAclImdb({ dataDir: made, archive, counts: smallCounts, layout });
  await mkdir(join(path, '..'), { recursive: true });
  await rename(join(made, 'aclImdb'), path);
}

describe.each(['files', 'compact'] as const)('a data set that lies one folder off (%s)', (layout) => {
  it.each([
    ['the data folder is the data set itself', 'aclImdb', 'aclImdb', ''],
    ['it is in a folder of its own name', 'data/aclImdb/aclImdb', 'data', 'data/aclImdb'],
    ['it is in the folder of the archive', 'data/aclImdb_v1/aclImdb', 'data', 'data/aclImdb_v1'],
    ['it is beside the data folder', 'aclImdb', 'data', ''],
  ])('is found, and named as the next step: %s', async (_what, place, given, right) => {
    await unpackAt(join(folder, place), layout);
    const dataDir = join(folder, given);
    const hint = `The data set is in ${join(folder, right, 'aclImdb')}: name the folder around it, --data-dir ${join(folder, right)}`;
    await expect(openAclImdbSplit('train', { dataDir, counts: smallCounts })).rejects.toMatchObject({
      message: `The train split of the data set acl-imdb is not in ${join(dataDir, 'aclImdb')}.`,
      hint,
    });
    const split = await openAclImdbSplit('train', { dataDir: join(folder, right), counts: smallCounts });
    expect(split.count).toBe(3);
  });

  it('is found under another name', async () => {
    await unpackAt(join(folder, 'data', 'reviews'), layout);
    expect(await hintToTree(join(folder, 'data'))).toBe(
      `${join(folder, 'data', 'reviews')} looks like the folder aclImdb itself: move it to ${join(folder, 'data', 'aclImdb')}`,
    );
  });

  it('is not downloaded again', async () => {
    await unpackAt(join(folder, 'data', 'aclImdb', 'aclImdb'), layout);
    const official = { url: 'http://127.0.0.1:1/never', bytes: 1, sha256: '' };
    const options = { dataDir: join(folder, 'data'), counts: smallCounts, official };
    await expect(ensureAclImdb(['train'], options)).rejects.toMatchObject({
      name: 'UserError',
      hint: expect.stringContaining('--data-dir'),
    });
  });
});

describe('nothing but other folders', () => {
  it('is no data set one folder off', async () => {
    await mkdir(join(folder, 'data', 'other', 'train'), { recursive: true });
    expect(await hintToTree(join(folder, 'data'))).toBeUndefined();
    expect(await hintToTree(join(folder, 'not-there'))).toBeUndefined();
    await expect(openAclImdbSplit('test', { dataDir: join(folder, 'data') })).rejects.toMatchObject({
      hint: `Run imdb-rnn download --data-dir ${join(folder, 'data')}`,
    });
  });
});

describe('an archive that is there', () => {
  it.each(['aclImdb_v1.tar.gz', 'aclImdb_v1.tar'])('is named instead of a download: %s', async (name) => {
    const tar = makeTar(smallEntries);
    const dataDir = join(folder, 'data');
    await mkdir(dataDir);
    await writeFile(join(folder, name), name.endsWith('.gz') ? gzipSync(tar) : tar);
    const opened = () => openAclImdbSplit('train', { dataDir, counts: smallCounts });
    await expect(opened()).rejects.toMatchObject({
      hint: `Run imdb-rnn download --data-dir ${dataDir} --archive ${join(folder, name)}`,
    });
    await rename(join(folder, name), join(dataDir, name));
    await expect(opened()).rejects.toMatchObject({
      hint: `Run imdb-rnn download --data-dir ${dataDir} to unpack ${join(dataDir, name)}, which is there`,
    });
    const notes: string[] = [];
    await downloadAclImdb({ dataDir, counts: smallCounts, onNote: (note) => notes.push(note) });
    expect(notes[0]).toBe(`Taking the archive ${join(dataDir, name)}, which is there already.`);
    expect((await readAll(await opened())).map(({ text }) => text)).toContain('Good.');
  });

  it('is refused by name where the .tar is cut off', async () => {
    const archive = join(folder, 'aclImdb_v1.tar');
    await writeFile(archive, makeTar(smallEntries).subarray(0, 3000));
    await expect(downloadAclImdb({ dataDir: folder, archive, counts: smallCounts })).rejects.toMatchObject({
      message: expect.stringMatching(/aclImdb_v1\.tar is (cut off|damaged|not the whole data set)/),
    });
  });
});
