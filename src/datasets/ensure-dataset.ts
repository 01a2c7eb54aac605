import type { DatasetConfig, KerasImdbConfig } from '../config/schema.js';
import { officialCounts } from './acl-imdb/official-archive.js';
import { type DownloadAclImdbOptions, downloadAclImdb } from './fetch/download-acl-imdb.js';
import { DownloadError } from './fetch/download-error.js';
import { downloadKerasImdb } from './fetch/download-keras-imdb.js';
import { findMissingSplits } from './fetch/missing-splits.js';
import { kerasImdbFolder, missingKerasFiles } from './keras-imdb/open-keras-imdb.js';
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
  if (dataset.name === 'acl-imdb') return ensureAclImdb(splits, options);
  if (dataset.name === 'keras-imdb') await ensureKerasImdb(dataset, options);
  for (const split of splits) await openSplit(split, { dataset, dataDir: options.dataDir });
}

type FetchOptions = Omit<EnsureDatasetOptions, 'dataset' | 'splits'>;

async function ensureAclImdb(splits: readonly SplitName[], options: FetchOptions): Promise<void> {
  const { dataDir, counts = officialCounts } = options;
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

/** A folder of the user's own, `dataset.path`, is never written to. */
async function ensureKerasImdb(
  dataset: KerasImdbConfig,
  { dataDir, onNote, onProgress, signal, network }: FetchOptions,
): Promise<void> {
  const folder = kerasImdbFolder(dataDir, dataset);
  if (dataset.path !== undefined || (await missingKerasFiles(folder)).length === 0) return;
  await downloadKerasImdb({ folder, onNote, onProgress, signal, network });
}
