import type { TextConfig } from '../config/schema.js';
import type { TokenReader } from './token-reader.js';
import { tokenize } from './tokenize.js';

/** V8 keeps a part of a string of at least this length as a view, which keeps all of the string in memory. */
const shortestView = 13;

/** Makes a reader for any tokenizer: a string is made of each token. */
export function makeStringReader(text: TextConfig): TokenReader {
  const placeOf = new Map<string, number>();
  return {
    read: (read, numbers) => {
      for (const token of tokenize(read, text)) {
        let place = placeOf.get(token);
        if (place === undefined) {
          place = placeOf.size;
          placeOf.set(detached(token), place);
        }
        numbers.push(place);
      }
    },
    tokens: () => [...placeOf.keys()],
  };
}

/** A token without the text that it was found in. No tokenizer gives half a surrogate pair, so UTF-8 holds it. */
function detached(token: string): string {
  return token.length < shortestView ? token : Buffer.from(token).toString();
}
