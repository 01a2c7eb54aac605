import { join } from 'node:path';
import type { TextConfig } from '../config/schema.js';
import type { Split } from '../datasets/split.js';
import { type CacheOptions, readCached, writeCached } from '../files/bounded-cache.js';
import { parseVocabulary } from '../text/parse-vocabulary.js';
import { cacheContent } from './cache-content.js';
import { cacheKey } from './cache-key.js';
import { fromSections, toSections } from './cached-sections.js';
import { type CountedSplit, countAndEncode } from './count-and-encode.js';
import { countWordIds } from './count-word-ids.js';
import { excerptsOfSplit } from './excerpts-of-split.js';
import type { TextStatistics } from './text-statistics.js';

/**
 * Reads, cleans and counts a training split, makes its vocabulary and encodes it; or takes all of that from a file in
 * `cacheDir`, if one was made of the same examples with the same settings (the split is then not read).
 * What `text.excerpts` takes from a text are examples of their own.
 *
 * @returns also `fromCache`: whether such a file was used
 * @throws UserError when the split cannot be read
 */
export async function prepareTraining(
  whole: Split,
  text: TextConfig,
  { cacheDir, cacheSize }: CacheOptions,
): Promise<CountedSplit & { readonly fromCache: boolean }> {
  const split = excerptsOfSplit(whole, text);
  const key = cacheKey(split, text);
  const path = join(cacheDir, `${split.name}-counted-${key.slice(0, 16)}.bin`);
  const sections = await readCached(path, key);
  if (sections !== undefined) {
    const [words, statistics, ...encoded] = sections;
    const fixed = split.kind === 'ids' ? split.vocabulary : undefined;
    return {
      vocabulary: parseVocabulary(Buffer.from(words).toString(), { text, fixed }),
      encoded: fromSections(encoded),
      statistics: JSON.parse(Buffer.from(statistics).toString()) as TextStatistics,
      fromCache: true,
    };
  }
  const counted = await (split.kind === 'ids'
    ? countWordIds(split, text)
    : countAndEncode(split.read(), text));
  const made = [
    Buffer.from(counted.vocabulary.serialize()),
    Buffer.from(JSON.stringify(counted.statistics)),
    ...toSections(counted.encoded),
  ];
  const about = cacheContent(split, { holds: 'counted', encoded: counted.encoded, text });
  await writeCached(path, key, made, { cacheSize, about });
  return { ...counted, fromCache: false };
}
