import { DownloadError } from '../fetch/download-error.js';
import type { SplitName } from '../split.js';
import { type DownloadAclImdbOptions, downloadAclImdb } from './download-acl-imdb.js';
import { hintToTree } from './look-around.js';
import { findMissingSplits } from './missing-splits.js';
import { officialCounts } from './official-archive.js';
import { missingSplit } from './open-acl-imdb.js';
import { reviewSplit } from './review-splits.js';

/**
 * Makes sure that splits can be opened: nothing happens when they are there, else they are downloaded (or unpacked from
 * `archive`).
 *
 * @throws DownloadError when they are not there and cannot be had from the network; any other UserError is about what is on
 * the disk
 */
export async function ensureAclImdb(
  splits: readonly SplitName[],
  options: Omit<DownloadAclImdbOptions, 'layout' | 'verify' | 'splits'>,
): Promise<void> {
  const { dataDir, counts = officialCounts } = options;
  const wanted = splits.map(reviewSplit);
  const missing = await findMissingSplits({
    ...{ dataDir, counts },
    splits: wanted,
    layout: 'compact',
    verify: false,
  });
  if (missing.length === 0) return;
  if (options.archive === undefined && missing.every(({ problem }) => problem === undefined)) {
    // What lies one folder off need not be downloaded again.
    if ((await hintToTree(dataDir)) !== undefined) throw await missingSplit(splits[0], dataDir);
  }
  try {
    await downloadAclImdb({ ...options, splits: wanted, verify: false });
  } catch (error) {
    // Data that is there but damaged is what the user must hear of, more than that it could not be replaced.
    const problem = missing.find((split) => split.problem)?.problem;
    throw error instanceof DownloadError && problem ? problem : error;
  }
}
