import { dirname } from 'node:path';
import { type CacheFileContent, readCacheFile, writeCacheFile } from './cache-file.js';
import { cacheLimit } from './cache-limit.js';
import { usingCacheFile } from './cache-use.js';
import { makeRoom } from './clear-cache.js';

/** Where what took time to make is kept, and how much of it. */
export interface CacheOptions {
  readonly cacheDir: string;
  /** Bytes that all files of `cacheDir` may have; default: see `cacheLimit`. 0: nothing is kept. */
  readonly cacheSize?: number;
}

/** What `readCacheFile` gives; the file counts as used now. */
export function readCached(path: string, key: string): Promise<Uint8Array[] | undefined> {
  return usingCacheFile(path, () => readCacheFile(path, key));
}

/**
 * What `writeCacheFile` does, within the limit of the folder: files that were not used for longest make room. What is
 * larger than the limit by itself is not kept.
 *
 * @throws UserError where IMDB_RNN_CACHE_SIZE holds no size
 */
export async function writeCached(
  path: string,
  key: string,
  sections: readonly Uint8Array[],
  { cacheSize, about }: { readonly cacheSize?: number; readonly about: CacheFileContent },
): Promise<void> {
  const folder = dirname(path);
  const { bytes: limit } = await cacheLimit(folder, { given: cacheSize });
  const incoming = sections.reduce((sum, section) => sum + section.length, 0);
  if (incoming > limit) return;
  await makeRoom(folder, { limit, incoming });
  await writeCacheFile(path, key, sections, { about });
  // Another process may have written as well meanwhile.
  await makeRoom(folder, { limit, keep: path });
}
