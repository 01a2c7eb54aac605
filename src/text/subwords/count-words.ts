import type { InternedTokens } from '../interned-tokens.js';
import { bytesAsText, wordBytes } from './byte-alphabet.js';

/** How often each word occurs; the words as text, no more in the letters of the byte alphabet. */
export function countWords(words: InternedTokens): Map<string, number> {
  const occurrences = words.occurrences();
  return new Map(words.tokens.map((word, place) => [bytesAsText(wordBytes(word)), occurrences[place]]));
}
