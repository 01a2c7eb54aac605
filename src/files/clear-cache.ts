import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { bytesOf, type CachedFile, listCache } from './list-cache.js';

export interface MakeRoomOptions {
  /** Bytes that all files may have together. */
  readonly limit: number;
  /** Bytes that are about to be written; default 0. */
  readonly incoming?: number;
  /** A file that stays. */
  readonly keep?: string;
}

/**
 * Removes files of a cache folder until the rest, and what comes, is within the limit: what processes have left when they
 * died always goes, then files of other versions, then those that were not used for longest. A file that a process is
 * reading or writing stays, whatever the limit.
 *
 * Two processes that do so at once remove the same files, since both go by the same order.
 *
 * @returns the files that are gone
 */
export async function makeRoom(
  folder: string,
  { limit, incoming = 0, keep }: MakeRoomOptions,
): Promise<CachedFile[]> {
  const files = await listCache(folder);
  const outdatedFirst = (file: CachedFile) => (file.kind === 'outdated' ? 0 : 1);
  const candidates = files
    .filter((file) => isRemovable(file) && (keep === undefined || resolve(file.path) !== resolve(keep)))
    .reverse()
    .sort((one, other) => outdatedFirst(one) - outdatedFirst(other));
  const leftOver = files.filter(({ kind }) => kind === 'leftOver');
  const going = [...leftOver];
  let total = bytesOf(files) - bytesOf(leftOver) + incoming;
  for (const file of candidates) {
    if (total <= limit) break;
    going.push(file);
    total -= file.bytes;
  }
  return remove(going);
}

/**
 * Removes all files of a cache folder, or those that were not used for some time; not those that are in use.
 *
 * @param options.olderThan seconds since the last use; default 0
 * @param options.now in ms; default: the present
 * @returns the files that are gone
 */
export async function clearCache(
  folder: string,
  { olderThan = 0, now = Date.now() }: { readonly olderThan?: number; readonly now?: number } = {},
): Promise<CachedFile[]> {
  const files = await listCache(folder, { now });
  const isOld = ({ lastUsed }: CachedFile) => now - lastUsed.getTime() >= olderThan * 1000;
  return remove(
    files.filter(
      (file) => file.kind === 'leftOver' || (isRemovable(file) && (olderThan === 0 || isOld(file))),
    ),
  );
}

const isRemovable = ({ kind, inUse }: CachedFile) => (kind === 'current' || kind === 'outdated') && !inUse;

/** What another process removes first, or what the system keeps (a file that is open on Windows), is left out. */
async function remove(files: readonly CachedFile[]): Promise<CachedFile[]> {
  const removed: CachedFile[] = [];
  for (const file of files) {
    const isGone = await rm(file.path).then(
      () => true,
      () => false,
    );
    if (isGone) removed.push(file);
  }
  return removed;
}
