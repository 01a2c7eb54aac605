import { createHash } from 'node:crypto';
import { copyFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent } from 'undici';
import { beforeAll, describe, expect, it } from 'vitest';
import { aclImdb } from '../../../src/datasets/acl-imdb/acl-imdb.js';
import { ArchiveError } from '../../../src/datasets/acl-imdb/archive-error.js';
import {
  type DownloadAclImdbOptions,
  downloadAclImdb,
} from '../../../src/datasets/acl-imdb/download-acl-imdb.js';
import { DownloadError } from '../../../src/datasets/fetch/download-error.js';
import { readAll } from '../../../src/datasets/read-all.js';
import { UserError } from '../../../src/errors/user-error.js';
import { smallCounts, smallEntries, writeArchive } from '../make-archive.js';
import { answerFile, serve } from '../serve.js';
import { temporaryFolder } from '../temporary-folder.js';

let archiveBytes: Buffer;

beforeAll(async () => {
  const { mkdtemp } = await import('node:fs/promises');
  const { tmpdir } = await import('node:os');
  const folder = await mkdtemp(join(tmpdir(), 'imdb-rnn-archive-'));
  archiveBytes = await readFile(await writeArchive(join(folder, 'small.tar.gz')));
  await rm(folder, { recursive: true });
});

/** A data folder, a server with the small archive as the official one, and downloads from it into the folder. */
async function prepare(content = archiveBytes) {
  const dataDir = join(await temporaryFolder(), 'data');
  const server = await serve((request, response) => answerFile(request, response, { content, etag: '"1"' }));
  const sha256 = createHash('sha256').update(archiveBytes).digest('hex');
  const notes: string[] = [];
  const options: DownloadAclImdbOptions = {
    dataDir,
    counts: smallCounts,
    official: { url: server.url.href, bytes: archiveBytes.length, sha256 },
    network: { dispatcher: new Agent(), firstPauseMs: 1 },
    onNote: (note) => notes.push(note),
  };
  const download = (more: Partial<DownloadAclImdbOptions> = {}) => downloadAclImdb({ ...options, ...more });
  const open = (name: 'train' | 'test' | 'unsupervised') =>
    aclImdb.open(name, { dataDir, counts: smallCounts });
  return { dataDir, server, notes, options, download, open };
}

/** The archive as a local file, with something after its end, so that its checksum is another one. */
async function localVariant(): Promise<string> {
  const path = join(await temporaryFolder(), 'variant.tar.gz');
  return writeArchive(path, [...smallEntries, { path: 'aclImdb/extra.txt', content: 'x' }]);
}

describe('downloadAclImdb', () => {
  it('downloads, checks and unpacks train and test, and keeps the archive', async () => {
    const { dataDir, download, open, options, notes } = await prepare();
    const result = await download();
    expect(result).toMatchObject({
      unpacked: ['train', 'test'],
      archive: { bytes: archiveBytes.length, sha256: options.official?.sha256, official: true },
      splits: [
        { name: 'train', reviews: 3, layout: 'compact', path: join(dataDir, 'aclImdb', 'train.jsonl') },
        { name: 'test', reviews: 2, layout: 'compact', path: join(dataDir, 'aclImdb', 'test.jsonl') },
      ],
    });
    expect((await readdir(dataDir)).sort()).toEqual(['aclImdb', 'aclImdb_v1.tar.gz']);
    expect((await readAll(await open('test'))).map(({ text }) => text)).toEqual(['Dull.', 'Wonderful!']);
    expect(notes).toEqual([]);
  });

  it('tells how far it is: all bytes of the download, then all of the unpacking', async () => {
    const { download } = await prepare();
    const events: unknown[] = [];
    await download({ onProgress: (event) => events.push(event) });
    const bytes = archiveBytes.length;
    expect(events).toContainEqual({ kind: 'download', receivedBytes: bytes, totalBytes: bytes });
    expect(events.at(-1)).toEqual({ kind: 'unpack', readBytes: bytes, totalBytes: bytes });
  });

  it('does nothing when all is there', async () => {
    const { download, server } = await prepare();
    await download();
    const again = await download();
    expect(again.unpacked).toEqual([]);
    expect(again.archive).toBeUndefined();
    expect(again.splits.map(({ name, reviews }) => [name, reviews])).toEqual([
      ['train', 3],
      ['test', 2],
    ]);
    expect(server.requests).toHaveLength(1);
  });

  it('unpacks what is missing out of the kept archive, without the network', async () => {
    const { download, server, notes, open } = await prepare();
    await download();
    const more = await download({ splits: ['train', 'test', 'unsupervised'] });
    expect(more.unpacked).toEqual(['unsupervised']);
    expect((await open('unsupervised')).count).toBe(2);
    expect(server.requests).toHaveLength(1);
    expect(notes[0]).toMatch(/^Taking the archive .*aclImdb_v1\.tar\.gz, which is there already/);
  });

  it('takes a tree of files for the data, and writes one where that is asked for', async () => {
    const { dataDir, download } = await prepare();
    const files = await download({ layout: 'files' });
    expect(files.splits).toMatchObject([
      { name: 'train', layout: 'files', path: join(dataDir, 'aclImdb', 'train') },
      { name: 'test', layout: 'files', path: join(dataDir, 'aclImdb', 'test') },
    ]);
    expect((await download()).unpacked).toEqual([]);
  });

  it('writes the tree beside compact files that are there', async () => {
    const { dataDir, download } = await prepare();
    await download();
    expect((await download({ layout: 'files' })).unpacked).toEqual(['train', 'test']);
    expect((await readdir(join(dataDir, 'aclImdb'))).sort()).toEqual([
      ...['README', 'imdb.vocab', 'index.json', 'test', 'test.jsonl', 'train', 'train.jsonl'],
    ]);
  });
});

describe('data that is there but damaged', () => {
  it.each([
    ['was cut off', (file: string) => truncate(file, 10), /train\.jsonl is damaged: it has 10 bytes/],
    ['is gone', (file: string) => rm(file), /train\.jsonl is gone/],
    [
      'has another content',
      async (file: string) => writeFile(file, (await readFile(file, 'utf8')).replace('Good', 'Evil')),
      /train\.jsonl is damaged: its sha256 is/,
    ],
  ])('is told and unpacked anew: a file that %s', async (_name, spoil, message) => {
    const { dataDir, download, open, notes } = await prepare();
    await download();
    await spoil(join(dataDir, 'aclImdb', 'train.jsonl'));
    await expect(open('train').then(readAll)).rejects.toMatchObject({
      message,
      hint: /imdb-rnn download/,
    });
    expect((await download()).unpacked).toEqual(['train']);
    expect(notes[0]).toMatch(message);
    expect((await readAll(await open('train')))[1].text).toBe('Good.');
  });

  it('is unpacked anew when its index is cut off', async () => {
    const { dataDir, download, open } = await prepare();
    await download();
    await truncate(join(dataDir, 'aclImdb', 'index.json'), 30);
    await expect(open('train')).rejects.toThrow(/index\.json is damaged/);
    expect((await download()).unpacked).toEqual(['train', 'test']);
    expect((await open('train')).count).toBe(3);
  });
});

describe('another archive than the official one', () => {
  it('is unpacked when it was named as a local file; a note tells so, and the counts are verified', async () => {
    const { download, notes, open, server } = await prepare();
    const archive = await localVariant();
    expect((await download({ archive })).archive).toMatchObject({ path: archive, official: false });
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/variant\.tar\.gz is not the official archive.*number of reviews was verified/);
    expect((await open('train')).count).toBe(3);
    expect(server.requests).toHaveLength(0);
  });

  it('is unpacked with the same note when it came from an address that the user named', async () => {
    const variant = await readFile(await localVariant());
    const { download, notes } = await prepare();
    const mirror = await serve((request, response) => answerFile(request, response, { content: variant }));
    expect((await download({ url: mirror.url.href })).archive?.official).toBe(false);
    expect(notes.at(-1)).toMatch(/is not the official archive/);
  });

  it('is an error when it came from the official address, and nothing stays of it', async () => {
    const variant = Buffer.from(archiveBytes);
    variant[9] ^= 1;
    const { download, dataDir } = await prepare(variant);
    const error = await download().catch((error) => error);
    expect(error).toBeInstanceOf(DownloadError);
    expect(error.code).toBe('wrong-content');
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('is deleted when it was downloaded and cannot be unpacked', async () => {
    const { download, dataDir } = await prepare();
    const content = archiveBytes.subarray(0, archiveBytes.length - 20);
    const mirror = await serve((request, response) => answerFile(request, response, { content }));
    const error = await download({ url: mirror.url.href }).catch((error) => error);
    expect(error).toBeInstanceOf(ArchiveError);
    expect(error.message).toMatch(/is cut off/);
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('is never deleted when it is a file of the user', async () => {
    const { download } = await prepare();
    const archive = await localVariant();
    await truncate(archive, 200);
    await expect(download({ archive })).rejects.toThrow(/is cut off/);
    expect((await readFile(archive)).length).toBe(200);
  });

  it('that lies in the data folder under the official name is taken', async () => {
    const { download, dataDir, notes, server } = await prepare();
    await download();
    await rm(join(dataDir, 'aclImdb'), { recursive: true });
    await copyFile(await localVariant(), join(dataDir, 'aclImdb_v1.tar.gz'));
    expect((await download()).archive?.official).toBe(false);
    expect(notes.at(-1)).toMatch(/is not the official archive/);
    expect(server.requests).toHaveLength(1);
  });
});

describe('wrong requests', () => {
  it.each(['reviews', 'ftp://example.invalid/file', '/data/file.tar.gz'])(
    'such as --url %s are told',
    async (url) => {
      const { download } = await prepare();
      const error = await download({ url }).catch((error) => error);
      expect(error).toBeInstanceOf(UserError);
      expect(error.message).toContain(`"${url}" is no address of the web`);
      expect(error.hint).toMatch(/--archive/);
    },
  );

  it('such as a data folder that is a file are told', async () => {
    const { download } = await prepare();
    const dataDir = join(await temporaryFolder(), 'file');
    await writeFile(dataDir, '');
    const error = await download({ dataDir }).catch((error) => error);
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/Cannot write into .*file: /);
  });
});

describe('two programs that download into one folder', () => {
  it('download it once', async () => {
    const { download, server, notes } = await prepare();
    const results = await Promise.all([download(), download()]);
    expect(results.map(({ unpacked }) => unpacked.length).sort()).toEqual([0, 2]);
    expect(server.requests).toHaveLength(1);
    expect(notes).toEqual([expect.stringMatching(/^Waiting for another imdb-rnn/)]);
  });
});
