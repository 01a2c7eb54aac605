import { UserError } from '../errors/user-error.js';
import { parseBytes } from '../formats/parse-bytes.js';
import { freeBytes } from './free-space.js';
import { bytesOf, listCache } from './list-cache.js';

const mostByDefault = 4e9;
const shareOfFree = 0.1;
const variable = 'IMDB_RNN_CACHE_SIZE';

/** How many bytes a cache may have, and who says so. */
export interface CacheLimit {
  readonly bytes: number;
  readonly from: 'option' | 'environment' | 'default';
}

/**
 * How many bytes a cache folder may have: what was given; else what the environment variable IMDB_RNN_CACHE_SIZE says
 * (`2GB`); else 4 GB, or a tenth of what the disk would have free without the cache, whichever is less.
 *
 * @param options.given in bytes
 * @throws UserError where the variable holds no size
 */
export async function cacheLimit(
  folder: string,
  options: {
    readonly given?: number;
    readonly environment?: NodeJS.ProcessEnv;
    readonly free?: (folder: string) => Promise<number>;
  } = {},
): Promise<CacheLimit> {
  const { given, environment = process.env, free = freeBytes } = options;
  if (given !== undefined) return { bytes: given, from: 'option' };
  const named = environment[variable];
  if (named !== undefined && named !== '') {
    const bytes = parseBytes(named);
    if (bytes !== undefined) return { bytes, from: 'environment' };
    throw new UserError(`${variable} is "${named}", a size was expected.`, 'Write it as 2GB or 500MB.');
  }
  // A disk that does not tell is taken for a large one.
  const available = await free(folder).catch(() => Number.POSITIVE_INFINITY);
  const cached = bytesOf(await listCache(folder));
  return { bytes: Math.min(mostByDefault, Math.floor(shareOfFree * (available + cached))), from: 'default' };
}
