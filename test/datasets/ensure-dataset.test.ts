import { mkdir, rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { Agent } from 'undici';
import { describe, expect, it } from 'vitest';
import { aclImdb } from '../../src/datasets/acl-imdb/acl-imdb.js';
import { DamagedDataError } from '../../src/datasets/damaged-data-error.js';
import { ensureDataset } from '../../src/datasets/ensure-dataset.js';
import { DownloadError } from '../../src/datasets/fetch/download-error.js';
import { hasSplit } from '../../src/datasets/open-split.js';
import { smallCounts, writeArchive } from './make-archive.js';
import { temporaryFolder } from './temporary-folder.js';

/** No server listens there, so that any use of the network fails. */
const nowhere = { url: 'http://127.0.0.1:1/file.tar.gz', bytes: 1, sha256: '' };

async function prepare() {
  const base = await temporaryFolder();
  const dataDir = join(base, 'data');
  const archive = await writeArchive(join(base, 'small.tar.gz'));
  const options = {
    dataset: { name: 'acl-imdb' } as const,
    dataDir,
    counts: smallCounts,
    official: nowhere,
    network: { dispatcher: new Agent(), firstPauseMs: 1 },
  };
  const has = () => hasSplit('train', options);
  const ensure = (more: { archive?: string } = {}) =>
    aclImdb.ensure(['train', 'test'], { ...options, ...more });
  return { dataDir, archive, options, has, ensure };
}

describe('ensureDataset', () => {
  it('gets what is missing, and then needs no network', async () => {
    const { ensure, archive, has } = await prepare();
    expect(await has()).toBe(false);
    await ensure({ archive });
    expect(await has()).toBe(true);
    await ensure();
  });

  it('fails with a DownloadError when the data is neither there nor to be had, so that a caller may use the sample', async () => {
    const { ensure } = await prepare();
    const error = await ensure().catch((error) => error);
    expect(error).toBeInstanceOf(DownloadError);
    expect(error.code).toBe('unreachable');
  });

  it('tells of the damage, not of the network, when there is data that is damaged', async () => {
    const { ensure, archive, dataDir, has } = await prepare();
    await ensure({ archive });
    await truncate(join(dataDir, 'aclImdb', 'test.jsonl'), 5);
    await expect(ensure()).rejects.toBeInstanceOf(DamagedDataError);
    await ensure({ archive });
    expect(await has()).toBe(true);
  });

  it('fails with another error than a DownloadError for what is wrong with a local archive', async () => {
    const { ensure, archive } = await prepare();
    await truncate(archive, 100);
    const error = await ensure({ archive }).catch((error) => error);
    expect(error).not.toBeInstanceOf(DownloadError);
    expect(error.message).toMatch(/is cut off/);
  });

  it('takes an incomplete tree for missing data', async () => {
    const { ensure, archive, dataDir, has } = await prepare();
    await mkdir(join(dataDir, 'aclImdb', 'train', 'pos'), { recursive: true });
    await ensure({ archive });
    expect(await has()).toBe(true);
  });

  it('needs nothing for the sample, which is always there', async () => {
    const { dataDir } = await prepare();
    await ensureDataset({ dataset: { name: 'sample' }, dataDir, splits: ['train', 'test'] });
    await expect(rm(dataDir, { recursive: true })).rejects.toThrow(/ENOENT/);
  });
});
