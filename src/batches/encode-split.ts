import { join } from 'node:path';
import type { TextConfig } from '../config/schema.js';
import type { Split, WordIdSource } from '../datasets/split.js';
import { cutExamples } from '../text/cut-examples.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { readCacheFile, writeCacheFile } from './cache-file.js';
import { cacheKey } from './cache-key.js';
import { fromSections, toSections } from './encoded-sections.js';
import type { EncodedSplit } from './encoded-split.js';
import { targetsOf } from './targets.js';

/**
 * A split as ids of a given vocabulary: the test split with the training split's. Kept in `cacheDir` under the examples,
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
  const encoded = await (split.wordIds
    ? cutWordIds(split.wordIds, text)
    : encodeRead(split, text, vocabulary));
  await writeCacheFile(path, key, toSections(encoded));
  return encoded;
}

async function cutWordIds(source: WordIdSource, text: TextConfig): Promise<EncodedSplit> {
  const { examples } = await source.read();
  return { ...cutExamples(examples, text), targets: { values: examples.labels } };
}

async function encodeRead(split: Split, text: TextConfig, vocabulary: Vocabulary): Promise<EncodedSplit> {
  const examples = await split.read();
  const texts = examples.map((example) => example.text);
  return { ...vocabulary.encode(texts, text), targets: targetsOf(examples) };
}
