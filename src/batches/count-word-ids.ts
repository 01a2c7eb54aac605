import type { TextConfig } from '../config/schema.js';
import type { IdSplit } from '../datasets/split.js';
import { cutExamples } from '../text/cut-examples.js';
import { FixedVocabulary } from '../text/fixed-vocabulary.js';
import { mostFrequent } from '../text/most-frequent.js';
import { narrowIds } from '../text/narrow-ids.js';
import { type CountedSplit, mostCommonCount } from './count-and-encode.js';
import { exampleCount } from './encoded-split.js';

/** What `countAndEncode` does, for a split that has its ids and its vocabulary already: cuts the examples and counts. */
export async function countWordIds(split: IdSplit, text: TextConfig): Promise<CountedSplit> {
  const { targets, words, ...examples } = await split.read();
  const vocabulary = new FixedVocabulary(words, { text, fixed: split.vocabulary });
  const cut = cutExamples(examples, text);
  const encoded = { ...cut, ids: narrowIds(cut.ids, vocabulary), targets };
  const occurrences = new Int32Array(words.length);
  for (const id of encoded.ids) occurrences[id]++;
  const counted = words.map((word, id): [string, number] => [word, occurrences[id]]);
  const counts = new Map(counted.filter(([, count]) => count > 0));
  const statistics = {
    examples: exampleCount(encoded),
    tokens: encoded.ids.length,
    distinctTokens: counts.size + 1,
    mostCommon: mostFrequent(counts, mostCommonCount),
  };
  return { vocabulary, encoded, statistics };
}
