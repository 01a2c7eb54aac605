import { join } from 'node:path';
import type { TextConfig } from '../config/schema.js';
import type { Split } from '../datasets/split.js';
import { readCacheFile, writeCacheFile } from '../files/cache-file.js';
import { parseVocabulary } from '../text/parse-vocabulary.js';
import { cacheKey } from './cache-key.js';
import { fromSections, toSections } from './cached-sections.js';
import { type CountedSplit, countAndEncode } from './count-and-encode.js';
import { countWordIds } from './count-word-ids.js';
import type { TextStatistics } from './text-statistics.js';

/**
 * Reads, cleans and counts a training split, makes its vocabulary and encodes it; or takes all of that from a file in
 * `cacheDir`, if one was made of the same examples with the same settings (the split is then not read).
 *
 * @returns also `fromCache`: whether such a file was used
 * @throws UserError when the split cannot be read
 */
export async function prepareTraining(
  split: Split,
  text: TextConfig,
  { cacheDir }: { cacheDir: string },
): Promise<CountedSplit & { readonly fromCache: boolean }> {
  const key = cacheKey(split, text);
  const path = join(cacheDir, `${split.name}-counted-${key.slice(0, 16)}.bin`);
  const sections = await readCacheFile(path, key);
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
  await writeCacheFile(path, key, [
    Buffer.from(counted.vocabulary.serialize()),
    Buffer.from(JSON.stringify(counted.statistics)),
    ...toSections(counted.encoded),
  ]);
  return { ...counted, fromCache: false };
}
