import type { TextConfig } from '../config/schema.js';
import type { Vocabulary } from '../text/vocabulary.js';
import type { EncodedSplit } from './encoded-split.js';

/** Texts without labels (all -1) as ids of a vocabulary, in the order given. */
export function encodeTexts(
  texts: readonly string[],
  text: TextConfig,
  vocabulary: Vocabulary,
): EncodedSplit {
  return { ...vocabulary.encode(texts, text), labels: new Int32Array(texts.length).fill(-1) };
}
