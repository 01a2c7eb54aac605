import type { TextConfig } from '../config/schema.js';
import { GrowingIntegers } from './growing-integers.js';
import type { TokenIds } from './token-ids.js';
import { tokenize } from './tokenize.js';

/** Examples as numbers of their distinct tokens. */
export interface InternedTokens {
  /** The distinct tokens, in the order in which they first occur. */
  readonly tokens: readonly string[];
  /** For each token of each example its place in `tokens`, in reading order. */
  readonly places: TokenIds;
}

/** Reads examples into tokens, each distinct one kept once: what comes after works on integers. */
export function internTokens(examples: readonly string[], text: TextConfig): InternedTokens {
  const placeOf = new Map<string, number>();
  const ids = new GrowingIntegers();
  const offsets = new Int32Array(examples.length + 1);
  examples.forEach((example, index) => {
    for (const token of tokenize(example, text)) {
      let place = placeOf.get(token);
      if (place === undefined) {
        place = placeOf.size;
        placeOf.set(token, place);
      }
      ids.push(place);
    }
    offsets[index + 1] = ids.length;
  });
  return { tokens: [...placeOf.keys()], places: { ids: ids.toArray(), offsets } };
}
