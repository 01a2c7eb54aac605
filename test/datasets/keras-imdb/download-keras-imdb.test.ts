import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent } from 'undici';
import { describe, expect, it } from 'vitest';
import { ensureDataset } from '../../../src/datasets/ensure-dataset.js';
import { DownloadError } from '../../../src/datasets/fetch/download-error.js';
import {
  type DownloadKerasImdbOptions,
  downloadKerasImdb,
} from '../../../src/datasets/keras-imdb/download-keras-imdb.js';
import { UserError } from '../../../src/errors/user-error.js';
import { answerFile, type FileAnswerOptions, serve } from '../serve.js';
import { temporaryFolder } from '../temporary-folder.js';
import { kerasConfig } from './keras-golden.js';
import { npzOf, reviewsOf } from './write-npz.js';

const npz = npzOf({ train: reviewsOf(6), test: reviewsOf(6) });
const other = npzOf({ train: reviewsOf(6), test: reviewsOf(5) });
const wordIndex = Buffer.from('{"the":1,"film":2,"was":3,"good":4,"bad":5}');
const sha256Of = (content: Buffer) => createHash('sha256').update(content).digest('hex');
const network = { dispatcher: new Agent(), firstPauseMs: 1, stallMs: 5000, attempts: 2 };

/** A server of both files, whose first answers for imdb.npz are as `answers` say. */
async function prepare(answers: readonly FileAnswerOptions[] = [], served = npz) {
  let next = 0;
  const server = await serve((request, response) => {
    const isIndex = request.url === '/index.json';
    const content = isIndex ? wordIndex : served;
    answerFile(request, response, { content, etag: '"one"', ...(isIndex ? {} : answers[next++]) });
  });
  const base = await temporaryFolder();
  const notes: string[] = [];
  const options: DownloadKerasImdbOptions = {
    folder: join(base, 'keras-imdb'),
    official: {
      npz: { url: new URL('/imdb.npz', server.url).href, bytes: npz.length, sha256: sha256Of(npz) },
      wordIndex: {
        url: new URL('/index.json', server.url).href,
        bytes: wordIndex.length,
        sha256: sha256Of(wordIndex),
      },
    },
    reviews: 6,
    network,
    onNote: (note) => notes.push(note),
  };
  return { ...{ base, notes, options, server }, files: () => readdir(options.folder) };
}

describe('downloadKerasImdb', () => {
  it('gets both files, and asks for nothing when they are there', async () => {
    const { options, files, server } = await prepare();
    const first = await downloadKerasImdb(options);
    expect(first.npz).toEqual({
      path: join(options.folder, 'imdb.npz'),
      bytes: npz.length,
      sha256: sha256Of(npz),
      official: true,
      fetched: true,
    });
    expect((await files()).sort()).toEqual(['imdb.npz', 'imdb_word_index.json']);
    const again = await downloadKerasImdb(options);
    expect([again.npz.fetched, again.wordIndex.fetched, server.requests.length]).toEqual([false, false, 2]);
  });

  it('goes on where a broken connection stopped', async () => {
    const { options, server } = await prepare([{ cutAfter: 300 }, {}]);
    await downloadKerasImdb(options);
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=300-', undefined]);
    expect((await readFile(join(options.folder, 'imdb.npz'))).equals(npz)).toBe(true);
  });

  it('takes a web page for no .npz file, and says how to give the files by path', async () => {
    const { options, files } = await prepare([], Buffer.from('<html>log in</html>'.padEnd(npz.length)));
    const error = await downloadKerasImdb(options).catch((error) => error);
    expect(error).toBeInstanceOf(DownloadError);
    expect(error.message).toMatch(/instead of an \.npz file/);
    expect(error.hint).toMatch(/--npz FILE --word-index FILE/);
    expect(error.hint).not.toMatch(/--archive/);
    expect(await files()).toEqual([]);
  });

  it('takes local files, and says that one is not the official one, after all of it was read', async () => {
    const { base, options, notes, server } = await prepare();
    const mine = npzOf({
      train: reviewsOf(6),
      test: { ...reviewsOf(6), lists: reviewsOf(7).lists.slice(1) },
    });
    const local = { npz: join(base, 'mine.npz'), wordIndex: join(base, 'words.json') };
    await writeFile(local.npz, mine);
    await writeFile(local.wordIndex, wordIndex);
    const { npz: placed, wordIndex: index } = await downloadKerasImdb({ ...options, local });
    expect([placed.official, index.official, server.requests.length]).toEqual([false, true, 0]);
    expect((await readFile(placed.path)).equals(mine)).toBe(true);
    expect(notes).toEqual([
      expect.stringMatching(/is not the official file.*number of reviews was verified/),
    ]);
  });

  it('refuses a local file that is not the whole data set, and leaves what was there', async () => {
    const { base, options, files } = await prepare();
    await downloadKerasImdb(options);
    const local = { npz: join(base, 'mine.npz') };
    await writeFile(local.npz, other);
    await expect(downloadKerasImdb({ ...options, local })).rejects.toThrow(
      `${local.npz}: it has 6 + 5 reviews, expected 6 + 6: it is not the whole data set.`,
    );
    expect((await readFile(join(options.folder, 'imdb.npz'))).equals(npz)).toBe(true);
    expect((await files()).sort()).toEqual(['imdb.npz', 'imdb_word_index.json']);
    const missing = { npz: join(base, 'nowhere.npz') };
    await expect(downloadKerasImdb({ ...options, local: missing })).rejects.toThrow(
      'nowhere.npz is not there',
    );
  });

  it('gets a damaged file anew', async () => {
    const { options, notes } = await prepare();
    await downloadKerasImdb(options);
    await writeFile(join(options.folder, 'imdb.npz'), npz.subarray(0, 100));
    const { npz: placed } = await downloadKerasImdb(options);
    expect([placed.fetched, placed.official]).toEqual([true, true]);
    expect(notes).toEqual([expect.stringMatching(/imdb\.npz: it is no \.npz file.*Getting it anew\./)]);
  });
});

describe('ensureDataset for keras-imdb', () => {
  it("writes nothing into a folder of the user's own, and asks for the files", async () => {
    const base = await temporaryFolder();
    const dataset = { ...kerasConfig(), path: base };
    const error = await ensureDataset({ dataset, dataDir: base, splits: ['train'], network }).catch(
      (error) => error,
    );
    expect(error).toBeInstanceOf(UserError);
    expect(error).not.toBeInstanceOf(DownloadError);
    expect(await readdir(base)).toEqual([]);
  });

  it('needs no network when the files are there', async () => {
    const dataDir = await temporaryFolder();
    await mkdir(join(dataDir, 'keras-imdb'));
    await writeFile(join(dataDir, 'keras-imdb', 'imdb.npz'), npz);
    await writeFile(join(dataDir, 'keras-imdb', 'imdb_word_index.json'), wordIndex);
    await ensureDataset({ dataset: kerasConfig(), dataDir, splits: ['train', 'test'], network });
  });
});
