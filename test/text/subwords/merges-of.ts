import { bytesAsText, wordBytes } from '../../../src/text/subwords/byte-alphabet.js';
import { learnMerges, type Merges } from '../../../src/text/subwords/learn-merges.js';
import { splitWords } from '../../../src/text/subwords/split-words.js';

/** The merges that are learned from texts as they stand. */
export function mergesOf(texts: readonly string[], options: Parameters<typeof learnMerges>[1]): Merges {
  const counts = new Map<string, number>();
  for (const letters of texts.flatMap(splitWords)) {
    const word = bytesAsText(wordBytes(letters));
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return learnMerges(counts, options);
}
