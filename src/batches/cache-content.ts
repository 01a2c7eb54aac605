import type { TextConfig } from '../config/schema.js';
import type { Split } from '../datasets/split.js';
import type { CacheFileContent } from '../files/cache-file.js';
import { type EncodedSplit, exampleCount } from './encoded-split.js';

/** What a cache file says of itself, for `imdb-rnn cache`. */
export function cacheContent(
  split: Split,
  made: {
    readonly holds: CacheFileContent['holds'];
    readonly encoded: EncodedSplit;
    readonly text: TextConfig;
  },
): CacheFileContent {
  const { holds, encoded, text } = made;
  return {
    dataset: split.dataset,
    split: split.name,
    examples: exampleCount(encoded),
    holds,
    settings: text,
  };
}
