import { join } from 'node:path';
import type { Split } from '../datasets/split.js';
import { type CacheOptions, readCached, writeCached } from '../files/bounded-cache.js';
import { cutExamples } from '../text/cut-examples.js';
import { narrowIds } from '../text/narrow-ids.js';
import type { EncodedIds } from '../text/token-ids.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { cacheContent } from './cache-content.js';
import { cacheKey } from './cache-key.js';
import { fromSections, toSections } from './cached-sections.js';
import type { PackedSplit } from './encoded-split.js';
import { internPortions } from './intern-portions.js';
import { type Targets, targetsOf } from './targets.js';

/**
 * A split as ids of a given vocabulary: the test split with the training split's. Kept in `cacheDir` under the examples and
 * the vocabulary, with its settings, that it was made with.
 *
 * @throws UserError when the split cannot be read
 */
export async function encodeSplit(
  split: Split,
  { vocabulary, cacheDir, cacheSize }: CacheOptions & { vocabulary: Vocabulary },
): Promise<PackedSplit> {
  const key = cacheKey(split, vocabulary.text, vocabulary);
  const path = join(cacheDir, `${split.name}-encoded-${key.slice(0, 16)}.bin`);
  const sections = await readCached(path, key);
  if (sections !== undefined) return fromSections(sections);
  const encoded = await encodeRead(split, vocabulary);
  const about = cacheContent(split, { holds: 'encoded', encoded, text: vocabulary.text });
  await writeCached(path, key, toSections(encoded), { cacheSize, about });
  return encoded;
}

async function encodeRead(split: Split, vocabulary: Vocabulary): Promise<PackedSplit> {
  if (split.kind === 'ids') {
    const { targets, ...examples } = await split.read();
    return packed(cutExamples(examples, vocabulary.text), targets);
  }
  const { interned, targets, beside } = await internPortions(split.read(), vocabulary.interner());
  return { ...packed(vocabulary.encodeInterned(interned), targetsOf(targets)), ...beside };

  function packed({ ids, offsets }: EncodedIds, targets: Targets): PackedSplit {
    return { ids: narrowIds(ids, vocabulary), offsets, targets };
  }
}
