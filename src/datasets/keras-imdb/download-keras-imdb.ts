import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { explainingFileErrors } from '../../errors/system-error.js';
import { UserError } from '../../errors/user-error.js';
import { withFolderLock } from '../../files/folder-lock.js';
import { writeAtomically } from '../../files/write-atomically.js';
import { DownloadError } from '../fetch/download-error.js';
import { type DownloadFileOptions, downloadFile } from '../fetch/download-file.js';
import type { FetchListeners } from '../fetch/fetch-event.js';
import { jsonObject, zipArchive } from '../fetch/file-kind.js';
import { KerasFileError, namingFile } from './keras-file-error.js';
import { readNpz } from './npz-file.js';
import { type KerasFile, kerasFiles, officialFiles, officialReviews } from './official-files.js';
import { readKerasFile } from './read-keras-file.js';
import { parseWordIndex } from './word-index.js';

export interface DownloadKerasImdbOptions extends FetchListeners {
  /** The folder that gets both files. */
  readonly folder: string;
  /** Local files to take instead of downloading them. */
  readonly local?: Readonly<Partial<Record<KerasFile, string>>>;
  /** What was received of a download stays when it is aborted. */
  readonly signal?: AbortSignal;
  /** Attempts, pauses and connection of the downloads. */
  readonly network?: Pick<DownloadFileOptions, 'attempts' | 'firstPauseMs' | 'stallMs' | 'dispatcher'>;
  /** Reviews that each split must have, default 25,000; for tests. */
  readonly reviews?: number;
  /** Addresses, sizes and checksums; for tests. */
  readonly official?: Readonly<Record<KerasFile, OfficialFile>>;
}

interface OfficialFile {
  readonly url: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** One of the two files as it lies in its place now. */
export interface KerasFileFacts {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Whether it is the file that Keras' authors publish, byte for byte. */
  readonly official: boolean;
  /** Whether it was fetched now; else it was there. */
  readonly fetched: boolean;
}

/**
 * Gets imdb.npz and imdb_word_index.json of `keras.datasets.imdb`, from the network or out of local files, checks them
 * and puts them into their folder; what is there and whole stays.
 *
 * @throws DownloadError when a file cannot be had from the network; KerasFileError when a file is not what it should be,
 * UserError for the local disk; the signal's reason when it is aborted
 */
export async function downloadKerasImdb(
  options: DownloadKerasImdbOptions,
): Promise<Readonly<Record<KerasFile, KerasFileFacts>>> {
  const { folder, onNote, signal } = options;
  const facts = await explainingFileErrors(`write into ${folder}`, () =>
    withFolderLock(
      folder,
      async () => {
        const npz = await obtain('npz', options);
        return { npz, wordIndex: await obtain('wordIndex', options) };
      },
      {
        onWait: (lock) => onNote?.(`Waiting for another imdb-rnn that fetches into ${folder} (${lock}).`),
        signal,
      },
    ),
  );
  for (const file of kerasFiles) {
    const { path, bytes, sha256, official, fetched } = facts[file];
    if (official || !fetched) continue;
    const verified = file === 'npz' ? 'its number of reviews' : 'its form';
    onNote?.(
      `${path} is not the official file, byte for byte (${bytes} bytes, sha256 ${sha256}); ${verified} was verified instead.`,
    );
  }
  return facts;
}

/** Takes a file from where it is: the local file that was named, else the one that is in place, else the network. */
async function obtain(file: KerasFile, options: DownloadKerasImdbOptions): Promise<KerasFileFacts> {
  const { folder, local = {}, onNote } = options;
  const path = join(folder, officialFiles[file].name);
  const source = local[file];
  if (source === undefined) {
    const present = await readKerasFile(path);
    try {
      if (present) return { ...check(file, present, path, options), fetched: false };
    } catch (error) {
      if (!(error instanceof KerasFileError)) throw error;
      onNote?.(`${error.message} Getting it anew.`);
      await rm(path, { force: true });
    }
    await receive(file, path, options);
    return { ...check(file, await readFile(path), path, options), fetched: true };
  }
  const content = await readKerasFile(source);
  if (!content) throw new UserError(`${source} is not there.`, 'Check the path.');
  check(file, content, source, options);
  await writeAtomically(path, content);
  return { ...check(file, content, path, options), fetched: true };
}

/** Reads all of a file that is not known by its checksum. */
function check(
  file: KerasFile,
  content: Buffer,
  path: string,
  { official = officialFiles, reviews = officialReviews }: DownloadKerasImdbOptions,
): Omit<KerasFileFacts, 'fetched'> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  const isOfficial = sha256 === official[file].sha256;
  if (!isOfficial) {
    namingFile(path, () => (file === 'npz' ? checkReviews(content, reviews) : parseWordIndex(content)));
  }
  return { path, bytes: content.length, sha256, official: isOfficial };
}

function checkReviews(content: Buffer, expected: number): void {
  const { train, test } = readNpz(content);
  const counts = [train, test].map(({ labels }) => labels.length);
  if (counts.every((count) => count === expected)) return;
  throw new KerasFileError(
    `it has ${counts.join(' + ')} reviews, expected ${expected} + ${expected}: it is not the whole data set.`,
  );
}

async function receive(file: KerasFile, path: string, options: DownloadKerasImdbOptions): Promise<void> {
  const { official = officialFiles, onNote, onProgress, signal, network } = options;
  const { url, bytes, sha256 } = official[file];
  const kind = file === 'npz' ? zipArchive : jsonObject;
  try {
    await downloadFile(new URL(url), path, {
      expected: { bytes, sha256 },
      ...{ kind, onNote, onProgress, signal },
      ...network,
    });
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    throw new DownloadError(error.code, error.message, { hint: byPath(error.hint), cause: error });
  }
}

/** The hint for a file of this data set: it is named by other options than the archive of acl-imdb. */
function byPath(hint: string | undefined): string {
  if (hint !== undefined && !/--(archive|url)/.test(hint)) return hint;
  return 'Run the command again to go on from here. Or get imdb.npz and imdb_word_index.json in another way: imdb-rnn download --dataset keras-imdb --npz FILE --word-index FILE.';
}
