import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { explainingFileErrors } from '../../errors/system-error.js';
import { UserError } from '../../errors/user-error.js';
import { withFolderLock } from '../../files/folder-lock.js';
import { type DownloadFileOptions, downloadFile } from '../fetch/download-file.js';
import type { FetchListeners } from '../fetch/fetch-event.js';
import { ArchiveError } from './archive-error.js';
import { findArchive } from './look-around.js';
import { findMissingSplits, type Layout, type MissingSplit } from './missing-splits.js';
import { officialArchive, officialCounts, type ReviewCounts } from './official-archive.js';
import { aclImdbFolder } from './open-acl-imdb.js';
import { describePresentSplits, type PresentSplit } from './present-splits.js';
import type { ReviewSplit } from './review-splits.js';
import { type ArchiveFacts, unpackCompact } from './unpack-compact.js';
import { unpackTree } from './unpack-tree.js';

export interface DownloadAclImdbOptions extends FetchListeners {
  /** The folder that gets `aclImdb/` and the archive. */
  readonly dataDir: string;
  /** Default: train and test. */
  readonly splits?: readonly ReviewSplit[];
  /** Default `compact`. */
  readonly layout?: Layout;
  /** A local archive to unpack instead of downloading one. */
  readonly archive?: string;
  /** Another address of the archive; its checksum is not known then. */
  readonly url?: string;
  /** Whether data that is there is read and checked before it is trusted. Default true. */
  readonly verify?: boolean;
  /** What was received of a download stays when it is aborted. */
  readonly signal?: AbortSignal;
  /** Attempts, pauses and connection of the download. */
  readonly network?: Pick<DownloadFileOptions, 'attempts' | 'firstPauseMs' | 'stallMs' | 'dispatcher'>;
  /** Reviews that the archive must hold, default 25,000 + 25,000 + 50,000; for tests. */
  readonly counts?: ReviewCounts;
  /** Address, size and checksum of the official archive; for tests. */
  readonly official?: { readonly url: string; readonly bytes: number; readonly sha256: string };
}

export interface DownloadResult {
  /** All splits that were asked for, and where they lie now. */
  readonly splits: readonly PresentSplit[];
  /** Splits that were unpacked now; none when all were there. */
  readonly unpacked: readonly ReviewSplit[];
  /** The archive they came from; undefined when nothing was unpacked. */
  readonly archive?: ArchiveFacts & { readonly path: string; readonly official: boolean };
}

/**
 * Gets the Large Movie Review Dataset: downloads the archive (or takes a local one), checks it, and unpacks the splits
 * that are not there yet. The downloaded archive is kept in `dataDir`, so that other splits need no second download.
 *
 * @throws DownloadError when it cannot be had from the network; ArchiveError when the archive is not what it should be;
 * UserError for the local disk; the signal's reason when it is aborted
 */
export async function downloadAclImdb(options: DownloadAclImdbOptions): Promise<DownloadResult> {
  const {
    dataDir,
    splits = ['train', 'test'],
    counts = officialCounts,
    layout = 'compact',
    verify = true,
  } = options;
  const { onNote, signal } = options;
  const sought = { dataDir, splits, counts, layout, verify };
  let fetched: Fetched = { unpacked: [] };
  if ((await findMissingSplits(sought)).length > 0) {
    fetched = await explainingFileErrors(`write into ${dataDir}`, () =>
      withFolderLock(
        dataDir,
        async () => {
          const missing = await findMissingSplits(sought);
          for (const { problem } of missing) if (problem) onNote?.(`${problem.message} Unpacking it anew.`);
          return missing.length === 0 ? fetched : fetchMissing(missing, { ...options, counts, layout });
        },
        {
          onWait: (lock) => onNote?.(`Waiting for another imdb-rnn that fetches into ${dataDir} (${lock}).`),
          signal,
        },
      ),
    );
  }
  return { ...fetched, splits: await describePresentSplits(splits, sought) };
}

type Fetched = Omit<DownloadResult, 'splits'>;

async function fetchMissing(
  missing: readonly MissingSplit[],
  options: DownloadAclImdbOptions & { counts: ReviewCounts; layout: Layout },
): Promise<Fetched> {
  const { official = officialArchive, onNote, onProgress, counts, signal } = options;
  const { path, isDownloaded } = await obtainArchive(options, official);
  const splits = missing.map(({ name }) => name);
  const unpack = options.layout === 'files' ? unpackTree : unpackCompact;
  const folder = aclImdbFolder(options.dataDir);
  try {
    const facts = await unpack(path, { folder, splits, counts, onProgress, signal });
    const isOfficial = facts.sha256 === official.sha256;
    if (!isOfficial) onNote?.(describeUnofficial(path, facts, official));
    return { unpacked: splits, archive: { ...facts, path, official: isOfficial } };
  } catch (error) {
    if (error instanceof ArchiveError && isDownloaded) await rm(path, { force: true });
    throw error;
  }
}

async function obtainArchive(
  options: DownloadAclImdbOptions,
  official: NonNullable<DownloadAclImdbOptions['official']>,
): Promise<{ path: string; isDownloaded: boolean }> {
  const { dataDir, archive, url, onNote, onProgress, signal, network } = options;
  if (archive !== undefined) return { path: archive, isDownloaded: false };
  const path = join(dataDir, officialArchive.fileName);
  const present = url === undefined ? await findArchive(dataDir) : undefined;
  if (present !== undefined) {
    onNote?.(`Taking the archive ${present}, which is there already.`);
    return { path: present, isDownloaded: false };
  }
  const expected = url === undefined ? official : undefined;
  await downloadFile(webAddress(url ?? official.url), path, {
    expected,
    onNote,
    onProgress,
    signal,
    ...network,
  });
  return { path, isDownloaded: true };
}

function webAddress(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && ['http:', 'https:'].includes(url.protocol)) return url;
  throw new UserError(
    `"${address}" is no address of the web, expected one such as ${officialArchive.url}.`,
    'For a file on this machine use --archive FILE.',
  );
}

function describeUnofficial(
  path: string,
  { bytes, sha256 }: ArchiveFacts,
  official: { bytes: number; sha256: string },
): string {
  return (
    `${path} is not the official archive, byte for byte (${bytes} bytes, sha256 ${sha256}; the official one has ` +
    `${official.bytes} bytes, sha256 ${official.sha256}). The number of reviews was verified instead.`
  );
}
