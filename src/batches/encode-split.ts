import { join } from 'node:path';
import type { TextConfig } from '../config/schema.js';
import type { Split } from '../datasets/split.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { readCacheFile, writeCacheFile } from './cache-file.js';
import { cacheKey } from './cache-key.js';
import { encodeExamples } from './encode-texts.js';
import { fromSections, toSections } from './encoded-sections.js';
import type { EncodedSplit } from './encoded-split.js';

/**
 * A split as ids of a given vocabulary: the test split with the training split's. Kept in `cacheDir` under the reviews,
 * the settings and the vocabulary it was made with.
 *
 * @throws UserError when the split cannot be read
 */
export async function encodeSplit(
  split: Split,
  text: TextConfig,
  { vocabulary, cacheDir }: { vocabulary: Vocabulary; cacheDir: string },
): Promise<EncodedSplit> {
  const key = cacheKey(split, text, vocabulary);
  const path = join(cacheDir, `${split.name}-encoded-${key.slice(0, 16)}.bin`);
  const sections = await readCacheFile(path, key);
  if (sections !== undefined) return fromSections(sections);
  const encoded = encodeExamples(await split.read(), text, (token) => vocabulary.id(token));
  await writeCacheFile(path, key, toSections(encoded));
  return encoded;
}
