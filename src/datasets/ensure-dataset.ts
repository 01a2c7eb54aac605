import type { DatasetConfig } from '../config/schema.js';
import { officialCounts } from './acl-imdb/official-archive.js';
import { type DownloadAclImdbOptions, downloadAclImdb } from './fetch/download-acl-imdb.js';
import { DownloadError } from './fetch/download-error.js';
import { findMissingSplits } from './fetch/missing-splits.js';
import { openSplit } from './open-split.js';
import type { SplitName } from './split.js';

export interface EnsureDatasetOptions extends Omit<DownloadAclImdbOptions, 'layout' | 'verify' | 'splits'> {
  readonly dataset: DatasetConfig;
  readonly splits: readonly SplitName[];
}

/**
 * Makes sure that splits of a data set can be opened: nothing happens when they are there, else they are downloaded
 * (or unpacked from `archive`).
 *
 * @throws DownloadError when the data is not there and cannot be had from the network, so that a caller may fall back
 * on the sample; any other UserError is about what is on the disk and should reach the user
 */
export async function ensureDataset({ dataset, splits, ...options }: EnsureDatasetOptions): Promise<void> {
  const { dataDir, counts = officialCounts } = options;
  if (dataset.name !== 'acl-imdb') {
    for (const split of splits) await openSplit(split, { dataset, dataDir });
    return;
  }
  const missing = await findMissingSplits({ dataDir, splits, counts, layout: 'compact', verify: false });
  if (missing.length === 0) return;
  try {
    await downloadAclImdb({ ...options, splits, verify: false });
  } catch (error) {
    // Data that is there but damaged is what the user must hear of, more than that it could not be replaced.
    const problem = missing.find((split) => split.problem)?.problem;
    throw error instanceof DownloadError && problem ? problem : error;
  }
}
