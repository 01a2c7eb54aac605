import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ArchiveError } from '../../../src/datasets/acl-imdb/archive-error.js';
import { readCompactIndex } from '../../../src/datasets/acl-imdb/compact-index.js';
import { openCompactSplit } from '../../../src/datasets/acl-imdb/compact-split.js';
import type { ReviewSplit } from '../../../src/datasets/acl-imdb/review-splits.js';
import { unpackCompact } from '../../../src/datasets/acl-imdb/unpack-compact.js';
import { readAll } from '../../../src/datasets/read-all.js';
import { UserError } from '../../../src/errors/user-error.js';
import { temporaryPath } from '../../../src/files/write-atomically.js';
import { type ArchiveEntry, makeTar, smallCounts, smallEntries, writeArchive } from '../make-archive.js';
import { temporaryFolder } from '../temporary-folder.js';

const both: readonly ReviewSplit[] = ['train', 'test'];

async function unpack(
  archive: string,
  { folder, splits = both }: { folder: string; splits?: readonly ReviewSplit[] },
) {
  return unpackCompact(archive, { folder, splits, counts: smallCounts });
}

async function unpackEntries(entries: readonly ArchiveEntry[], splits = both) {
  const base = await temporaryFolder();
  const folder = join(base, 'aclImdb');
  const archive = await writeArchive(join(base, 'archive.tar.gz'), entries);
  return { base, folder, facts: await unpack(archive, { folder, splits }) };
}

describe('unpacking into compact files', () => {
  it('gives each review with its text unchanged, sorted by label and number', async () => {
    const { folder } = await unpackEntries(smallEntries);
    const train = await openCompactSplit('train', folder);
    expect(await readAll(train!)).toEqual([
      { target: 0, text: 'A "bad" film\\movie,<br />with\ttabs\r\nand lines \u2028.' },
      { target: 1, text: 'Good.' },
      { target: 1, text: '\ufeffCaf\u00e9 \u4e2d \u{1f600} \u0000 good' },
    ]);
    expect([train?.count, train?.labels]).toEqual([3, ['negative', 'positive']]);
    const lines = (await readFile(join(folder, 'train.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { id: 0, label: 0, rating: 1 },
      { id: 9, label: 1, rating: 7 },
      { id: 10, label: 1, rating: 8 },
    ]);
  });

  it('gives the same bytes whatever the order of the archive', async () => {
    const one = await unpackEntries(smallEntries);
    const other = await unpackEntries([...smallEntries].reverse());
    for (const file of ['train.jsonl', 'test.jsonl']) {
      const [first, second] = await Promise.all(
        [one, other].map(({ folder }) => readFile(join(folder, file))),
      );
      expect(first.equals(second)).toBe(true);
    }
  });

  it('writes only the splits that are asked for, and what they are into the index', async () => {
    const { folder, facts } = await unpackEntries(smallEntries, ['test']);
    expect((await readdir(folder)).sort()).toEqual(['index.json', 'test.jsonl']);
    expect(await readCompactIndex(folder)).toEqual({
      test: {
        file: 'test.jsonl',
        reviews: 2,
        labels: { negative: 1, positive: 1 },
        bytes: (await readFile(join(folder, 'test.jsonl'))).length,
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        archiveSha256: facts.sha256,
      },
    });
  });

  it('adds the unsupervised split later without touching the others', async () => {
    const { base, folder } = await unpackEntries(smallEntries);
    const before = await readCompactIndex(folder);
    await unpack(join(base, 'archive.tar.gz'), { folder, splits: ['unsupervised'] });
    const { unsupervised, ...others } = await readCompactIndex(folder);
    expect(others).toEqual(before);
    expect(unsupervised?.labels).toEqual({ unlabelled: 2 });
    expect(await readAll((await openCompactSplit('unsupervised', folder))!)).toEqual([
      { target: -1, text: 'Seen it.' },
      { target: -1, text: 'Seen it twice.' },
    ]);
  });

  it('takes an archive whose names begin with "./" and passes over what lies beside aclImdb/', async () => {
    const entries = smallEntries.map((entry) => ({ ...entry, path: `./${entry.path}` }));
    const { folder } = await unpackEntries([...entries, { path: './._aclImdb', content: 'finder' }]);
    expect((await openCompactSplit('train', folder))?.count).toBe(3);
  });

  it('removes what a program that was killed left half written', async () => {
    const base = await temporaryFolder();
    const folder = join(base, 'aclImdb');
    await mkdir(folder);
    await writeFile(join(folder, 'train.jsonl.1.tmp'), 'half');
    await writeFile(join(folder, 'notes.tmp'), 'of the user');
    await unpack(await writeArchive(join(base, 'archive.tar.gz')), { folder });
    expect((await readdir(folder)).sort()).toEqual(['index.json', 'notes.tmp', 'test.jsonl', 'train.jsonl']);
  });

  it('replaces an index that cannot be read', async () => {
    const base = await temporaryFolder();
    const folder = join(base, 'aclImdb');
    await mkdir(folder);
    await writeFile(join(folder, 'index.json'), '{"format":');
    const archive = await writeArchive(join(base, 'archive.tar.gz'));
    await unpack(archive, { folder });
    expect((await openCompactSplit('train', folder))?.count).toBe(3);
  });
});

describe('an archive that may do harm', () => {
  const bad: readonly (readonly [string, ArchiveEntry])[] = [
    ['a path with ..', { path: 'aclImdb/../../evil.txt', content: 'x' }],
    ['a path with .. and backslashes', { path: 'aclImdb\\..\\..\\evil.txt', content: 'x' }],
    ['an absolute path', { path: '/tmp/evil.txt', content: 'x' }],
    ['a path on a drive', { path: 'C:/evil.txt', content: 'x' }],
    ['a symbolic link', { path: 'aclImdb/train/pos/9_7.txt', type: 'SymbolicLink', linkpath: '/etc/passwd' }],
    ['a symbolic link as a folder', { path: 'aclImdb/train', type: 'SymbolicLink', linkpath: '/tmp' }],
    ['a hard link', { path: 'aclImdb/README', type: 'Link', linkpath: '/etc/passwd' }],
    ['a character device', { path: 'aclImdb/tty', type: 'CharacterDevice' }],
    ['a block device', { path: 'aclImdb/disk', type: 'BlockDevice' }],
    ['a pipe', { path: 'aclImdb/pipe', type: 'FIFO' }],
  ];

  it.each(bad)('is refused whole: %s', async (_name, entry) => {
    const base = await temporaryFolder();
    const archive = await writeArchive(join(base, 'archive.tar.gz'), [...smallEntries, entry]);
    const error = await unpack(archive, { folder: join(base, 'aclImdb') }).catch((error) => error);
    expect(error).toBeInstanceOf(ArchiveError);
    expect(error.message).toMatch(/archive\.tar\.gz is refused: its entry ".*Nothing was unpacked\./);
    expect(await readdir(base)).toEqual(['archive.tar.gz']);
  });
});

describe('an archive that is damaged', () => {
  const tarBytes = makeTar(smallEntries);
  const zipped = gzipSync(tarBytes);
  const flipped = Buffer.from(zipped);
  flipped[zipped.length - 6] ^= 1;
  const wrongHeader = Buffer.from(tarBytes);
  wrongHeader[512 * 3] ^= 1;

  it.each([
    ['is empty', Buffer.alloc(0), /is cut off|damaged/],
    ['is no gzip', Buffer.from('<html>Login</html>'), /is not a gzip archive/],
    ['is an empty gzip', gzipSync(Buffer.alloc(0)), /damaged.*Unrecognized archive format/],
    ['is a gzip of something else', gzipSync('some text'), /damaged/],
    ['lacks its last byte', zipped.subarray(0, -1), /is cut off/],
    ['lacks its last half', zipped.subarray(0, zipped.length / 2), /is cut off/],
    ['has another checksum than its content', flipped, /damaged.*incorrect data check/],
    ['ends within a review', gzipSync(tarBytes.subarray(0, 512 * 11 + 3)), /is cut off/],
    ['ends after a review', gzipSync(tarBytes.subarray(0, 512 * 10)), /is not the whole data set/],
    ['has a damaged entry', gzipSync(wrongHeader), /damaged.*checksum failure/],
  ])('is refused when it %s, and nothing is written', async (_name, bytes, message) => {
    const base = await temporaryFolder();
    const archive = join(base, 'archive.tar.gz');
    await writeFile(archive, bytes);
    const error = await unpack(archive, { folder: join(base, 'aclImdb') }).catch((error) => error);
    expect(error).toBeInstanceOf(ArchiveError);
    expect(error.message).toMatch(message);
    expect(error.hint).not.toBe('');
    expect(await readdir(base)).toEqual(['archive.tar.gz']);
  });

  it('is refused when reviews are missing, with the numbers', async () => {
    const entries = smallEntries.filter(({ path }) => !path.includes('test/pos'));
    await expect(unpackEntries(entries)).rejects.toThrow(
      /is not the whole data set: 0 reviews in test pos, expected 1\.$/,
    );
  });

  it('is refused when a review comes twice', async () => {
    const again = { path: 'aclImdb/train/pos/9_8.txt', content: 'Again.' };
    await expect(unpackEntries([...smallEntries, again])).rejects.toThrow(
      /holds review 9 of train pos twice/,
    );
  });
});

describe('the local disk', () => {
  it('without the archive, or with a folder in its place, is told as such', async () => {
    const base = await temporaryFolder();
    const folder = join(base, 'aclImdb');
    await expect(unpack(join(base, 'no.tar.gz'), { folder })).rejects.toThrow(
      /Cannot read .*no\.tar\.gz: it is not there/,
    );
    await expect(unpack(base, { folder })).rejects.toThrow(/Cannot read .*: it is a folder/);
  });

  it.skipIf(process.platform !== 'linux')(
    'that is full is told as such, and nothing is taken for whole (Linux only: /dev/full)',
    async () => {
      const base = await temporaryFolder();
      const folder = join(base, 'aclImdb');
      await mkdir(folder);
      await symlink('/dev/full', temporaryPath(join(folder, 'test.jsonl')));
      const archive = await writeArchive(join(base, 'archive.tar.gz'));
      const error = await unpack(archive, { folder }).catch((error) => error);
      expect(error).toBeInstanceOf(UserError);
      expect(error.message).toMatch(/Cannot write into .*aclImdb: the disk is full \(ENOSPC\)/);
      expect(await readCompactIndex(folder)).toEqual({});
    },
  );
});

describe('an end from outside', () => {
  it('leaves nothing and throws the reason', async () => {
    const base = await temporaryFolder();
    const archive = await writeArchive(join(base, 'archive.tar.gz'));
    const signal = AbortSignal.abort(new Error('enough'));
    const folder = join(base, 'aclImdb');
    const unpacking = unpackCompact(archive, { folder, splits: both, counts: smallCounts, signal });
    await expect(unpacking).rejects.toThrow('enough');
    expect(await readdir(base)).toEqual(['archive.tar.gz']);
  });
});
