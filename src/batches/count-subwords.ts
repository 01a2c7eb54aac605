import type { TextConfig } from '../config/schema.js';
import type { InternedTokens } from '../text/interned-tokens.js';
import { SubwordVocabulary } from '../text/subwords/subword-vocabulary.js';
import type { TokenIds } from '../text/token-ids.js';

/** What was learned of texts, and the texts as subwords. */
export interface CountedSubwords {
  readonly vocabulary: SubwordVocabulary;
  readonly encoded: TokenIds;
  /** The subwords that occur, with their counts. */
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * Learns subwords from texts and encodes these with them. Where `maxLength` counts tokens, whole texts are learned from,
 * because the cut counts subwords.
 *
 * @param words the texts, as words that subwords are made of
 */
export function countSubwords(words: InternedTokens, text: TextConfig): CountedSubwords {
  const vocabulary = SubwordVocabulary.learn(words, text);
  const encoded = vocabulary.encodeInterned(words);
  const occurrences = new Int32Array(vocabulary.idCount);
  for (const id of encoded.ids) occurrences[id]++;
  const counts = new Map<string, number>();
  occurrences.forEach((count, id) => {
    if (count > 0) counts.set(vocabulary.token(id)!, count);
  });
  return { vocabulary, encoded, counts };
}
