import type { TextConfig } from '../config/schema.js';
import { HashedNgramVocabulary } from '../text/hashed-ngram-vocabulary.js';
import { type TextInterner, TokenInterner } from '../text/intern-tokens.js';
import type { InternedTokens } from '../text/interned-tokens.js';
import { mostFrequent } from '../text/most-frequent.js';
import { narrowIds } from '../text/narrow-ids.js';
import { selectNgrams } from '../text/select-ngrams.js';
import { WordInterner } from '../text/subwords/word-interner.js';
import type { EncodedIds } from '../text/token-ids.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { WordVocabulary } from '../text/word-vocabulary.js';
import { countSubwords } from './count-subwords.js';
import type { PackedSplit } from './encoded-split.js';
import { internPortions, type Portions } from './intern-portions.js';
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
  const { interned, targets, beside } = await internPortions(portions, internerFor(text));
  const { vocabulary, encoded, counts, tokens } = makeVocabulary(interned, text);
  const statistics = {
    examples: targets.length,
    tokens,
    distinctTokens: counts.size + 1,
    mostCommon: mostFrequent(counts, mostCommonCount),
  };
  const ids = narrowIds(encoded.ids, vocabulary);
  return { vocabulary, encoded: { ...encoded, ids, targets: targetsOf(targets), ...beside }, statistics };
}

function internerFor(text: TextConfig): TextInterner {
  return text.tokenizer === 'subwords' ? new WordInterner(text) : new TokenInterner(text);
}

interface Made {
  readonly vocabulary: Vocabulary;
  readonly encoded: EncodedIds;
  /** Of the tokens that occur. */
  readonly counts: ReadonlyMap<string, number>;
  /** All tokens, each as often as it occurs. */
  readonly tokens: number;
}

function makeVocabulary(interned: InternedTokens, text: TextConfig): Made {
  if (text.tokenizer === 'subwords') {
    const counted = countSubwords(interned, text);
    return { ...counted, tokens: counted.encoded.ids.length };
  }
  const { tokens, tokenCount } = interned;
  const occurrences = interned.occurrences();
  const counts = new Map(tokens.map((token, place) => [token, occurrences[place]]));
  const counted = { counts, tokens: tokenCount };
  if (text.ngrams > 1 && text.ngramBuckets === 0) return { ...selectNgrams(interned, text), ...counted };
  const words = WordVocabulary.fromCounts(counts, text);
  const vocabulary = text.ngrams > 1 ? new HashedNgramVocabulary(words) : words;
  return { vocabulary, encoded: vocabulary.encodeInterned(interned), ...counted };
}
