import type { TokenIds } from '../text/token-ids.js';
import type { Vocabulary } from '../text/vocabulary.js';
import type { PackedSplit } from './encoded-split.js';
import { noTargets } from './targets.js';

/** Texts without labels as ids of a vocabulary, in the order given. */
export function encodeTexts(texts: readonly string[], vocabulary: Vocabulary): PackedSplit & TokenIds {
  return { ...vocabulary.encode(texts), targets: noTargets(texts.length) };
}
