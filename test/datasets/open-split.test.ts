import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aclImdb } from '../../src/datasets/acl-imdb/acl-imdb.js';
import { downloadAclImdb } from '../../src/datasets/acl-imdb/download-acl-imdb.js';
import { hasSplit, openSplit } from '../../src/datasets/open-split.js';
import { readAll } from '../../src/datasets/read-all.js';
import { UserError } from '../../src/errors/user-error.js';
import { packageFile } from '../../src/files/package-root.js';
import { smallCounts, writeArchive } from './make-archive.js';
import { temporaryFolder } from './temporary-folder.js';

const reviews = { name: 'acl-imdb' } as const;
const sample = { name: 'sample' } as const;

describe('openSplit', () => {
  it('tells how to get data that is not there', async () => {
    const dataDir = await temporaryFolder();
    const options = { dataset: reviews, dataDir };
    await expect(openSplit('train', options)).rejects.toMatchObject({
      name: 'UserError',
      message: /The train split of the data set acl-imdb is not in .*aclImdb/,
      hint: `Run imdb-rnn download --data-dir ${dataDir}`,
    });
    await expect(openSplit('unsupervised', { ...options, dataDir: 'nothing-here' })).rejects.toMatchObject({
      hint: 'Run imdb-rnn download --unsupervised --data-dir nothing-here',
    });
    expect(await hasSplit('train', options)).toBe(false);
  });

  it('reads a tree of files, and the compact file rather than the tree where both are there', async () => {
    const base = await temporaryFolder();
    const archive = await writeArchive(join(base, 'small.tar.gz'));
    const options = { dataset: reviews, dataDir: join(base, 'data'), counts: smallCounts };
    await downloadAclImdb({ ...options, archive, layout: 'files' });
    const tree = await aclImdb.open('train', options);
    const both = { ...options, dataDir: join(base, 'both') };
    await downloadAclImdb({ ...both, archive, layout: 'compact' });
    await downloadAclImdb({ ...both, archive, layout: 'files' });
    const compact = await aclImdb.open('train', both);
    const bytes = await readFile(join(both.dataDir, 'aclImdb', 'train.jsonl'));
    expect(compact.contentHash).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(tree.contentHash).not.toBe(compact.contentHash);
    expect(await readAll(tree)).toEqual(await readAll(compact));
  });

  it('refuses a split that the reviews are not divided into, and says what there is', async () => {
    const options = { dataset: reviews, dataDir: await temporaryFolder() };
    await expect(openSplit('validation', options)).rejects.toMatchObject({
      name: 'UserError',
      message: 'acl-imdb has no validation split, only train, test and unsupervised.',
      hint: expect.stringContaining('training.validationSplit'),
    });
    expect(await hasSplit('validation', options)).toBe(false);
  });

  it('says that an index of a later version was not written by this program', async () => {
    const dataDir = await temporaryFolder();
    await mkdir(join(dataDir, 'aclImdb'));
    const index = { format: 'imdb-rnn compact reviews', version: 2, splits: {} };
    await writeFile(join(dataDir, 'aclImdb', 'index.json'), JSON.stringify(index));
    await expect(openSplit('train', { dataset: reviews, dataDir })).rejects.toMatchObject({
      message: /index\.json is damaged, or another version of imdb-rnn wrote it/,
    });
  });
});

describe('the sample', () => {
  it.each([
    ['train', 2000],
    ['test', 1000],
  ] as const)(
    'has a %s split of %i reviews, half of them positive, with their first 300 characters',
    async (name, count) => {
      const split = await openSplit(name, { dataset: sample, dataDir: 'nothing-here' });
      const examples = await readAll(split);
      expect([split.count, examples.length]).toEqual([count, count]);
      expect(examples.filter(({ target }) => target === 1)).toHaveLength(count / 2);
      expect(examples.filter(({ target }) => target === 0)).toHaveLength(count / 2);
      const lengths = examples.map(({ text }) => [...text].length);
      expect(Math.max(...lengths)).toBe(300);
      expect(Math.min(...lengths)).toBeGreaterThan(20);
      expect(split.labels).toEqual(['negative', 'positive']);
      expect(new Set(examples.map(({ text }) => text)).size).toBeGreaterThan(count * 0.99);
    },
  );

  it('is what data/README.md says it is', async () => {
    const readme = await readFile(packageFile('data', 'README.md'), 'utf8');
    for (const name of ['train', 'test'] as const) {
      const { contentHash } = await openSplit(name, { dataset: sample, dataDir: '' });
      expect(readme).toContain(contentHash);
    }
  });

  it('has no unsupervised split', async () => {
    const error = await openSplit('unsupervised', { dataset: sample, dataDir: '' }).catch((error) => error);
    expect(error).toBeInstanceOf(UserError);
    expect(error.hint).toMatch(/--unsupervised/);
    expect(await hasSplit('unsupervised', { dataset: sample, dataDir: '' })).toBe(false);
  });
});
