import type { TextConfig } from '../config/schema.js';
import { HashedNgramVocabulary } from '../text/hashed-ngram-vocabulary.js';
import { type InternedTokens, TokenInterner } from '../text/intern-tokens.js';
import { mostFrequent } from '../text/most-frequent.js';
import { selectNgrams } from '../text/select-ngrams.js';
import type { TokenIds } from '../text/token-ids.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { WordVocabulary } from '../text/word-vocabulary.js';
import type { PackedSplit } from './encoded-split.js';
import { internPortions, type Portions } from './intern-portions.js';
import { narrowIds } from './narrow-ids.js';
import { targetsOf } from './targets.js';
import type { TextStatistics } from './text-statistics.js';

/** How many of the most common tokens the statistics name. */
export const mostCommonCount = 20;

export interface CountedSplit {
  readonly vocabulary: Vocabulary;
  readonly encoded: PackedSplit;
  readonly statistics: TextStatistics;
}

/**
 * Counts the tokens of examples, makes the vocabulary and encodes them with it. The text is read once, as it comes, and not
 * kept: each token gets its place in the order of first occurrence, and the places become ids when all are counted.
 *
 * @param portions examples, in as many portions as they come in
 */
export async function countAndEncode(portions: Portions, text: TextConfig): Promise<CountedSplit> {
  const { interned, targets } = await internPortions(portions, new TokenInterner(text));
  const { tokens, places } = interned;
  const occurrences = new Int32Array(tokens.length);
  for (const place of places.ids) occurrences[place]++;
  const counts = new Map(tokens.map((token, place) => [token, occurrences[place]]));
  const { vocabulary, encoded } = makeVocabulary(interned, { counts, text });
  const ids = narrowIds(encoded.ids, vocabulary);
  const statistics = {
    examples: targets.length,
    tokens: places.ids.length,
    distinctTokens: tokens.length + 1,
    mostCommon: mostFrequent(counts, mostCommonCount),
  };
  return { vocabulary, encoded: { ...encoded, ids, targets: targetsOf(targets) }, statistics };
}

function makeVocabulary(
  interned: InternedTokens,
  { counts, text }: { counts: ReadonlyMap<string, number>; text: TextConfig },
): { vocabulary: Vocabulary; encoded: TokenIds } {
  if (text.ngrams > 1 && text.ngramBuckets === 0) return selectNgrams(interned, text);
  const words = WordVocabulary.fromCounts(counts, text);
  const vocabulary = text.ngrams > 1 ? new HashedNgramVocabulary(words) : words;
  return { vocabulary, encoded: vocabulary.encodeInterned(interned) };
}
