import type { InternedTokens } from '../intern-tokens.js';
import { bytesAsText, wordBytes } from './byte-alphabet.js';

/** How often each word occurs; the words as text, no more in the letters of the byte alphabet. */
export function countWords({ tokens, places }: InternedTokens): Map<string, number> {
  const occurrences = new Float64Array(tokens.length);
  for (const place of places.ids) occurrences[place]++;
  return new Map(tokens.map((word, place) => [bytesAsText(wordBytes(word)), occurrences[place]]));
}
