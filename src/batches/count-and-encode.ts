import type { TextConfig } from '../config/schema.js';
import type { Example } from '../datasets/split.js';
import { mostFrequent, Vocabulary } from '../text/vocabulary.js';
import { encodeExamples } from './encode-texts.js';
import type { EncodedSplit } from './encoded-split.js';
import { reviewCount } from './encoded-split.js';
import type { TextStatistics } from './text-statistics.js';

/** How many of the most common tokens the statistics name. */
const mostCommonCount = 20;

export interface CountedSplit {
  readonly vocabulary: Vocabulary;
  readonly encoded: EncodedSplit;
  readonly statistics: TextStatistics;
}

/**
 * Counts the tokens of examples, makes the vocabulary and encodes them with it. The text is read once: each token gets
 * its place in the order of first occurrence, and the places become ids when all are counted.
 */
export function countAndEncode(examples: readonly Example[], text: TextConfig): CountedSplit {
  const tokens: string[] = [];
  const places = encodeExamples(examples, text, (token) => tokens.push(token) - 1);
  const occurrences = new Int32Array(tokens.length);
  for (const place of places.ids) occurrences[place]++;
  const counts = new Map(tokens.map((token, place) => [token, occurrences[place]]));
  const vocabulary = Vocabulary.fromCounts(counts, text);
  const idOfPlace = Int32Array.from(tokens, (token) => vocabulary.id(token));
  const encoded = { ...places, ids: places.ids.map((place) => idOfPlace[place]) };
  const statistics = {
    reviews: reviewCount(encoded),
    tokens: encoded.ids.length,
    distinctTokens: tokens.length + 1,
    mostCommon: mostFrequent(counts, mostCommonCount),
  };
  return { vocabulary, encoded, statistics };
}
