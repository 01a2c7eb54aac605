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

/**
 * Reads texts into tokens as they come, each distinct one kept once: what comes after works on integers, and no text has to
 * be kept.
 */
export class TokenInterner {
  readonly #text: TextConfig;
  readonly #placeOf = new Map<string, number>();
  readonly #ids = new GrowingIntegers();
  readonly #offsets = new GrowingIntegers();

  constructor(text: TextConfig) {
    this.#text = text;
    this.#offsets.push(0);
  }

  /** Reads some more texts. */
  add(texts: readonly string[]): void {
    const placeOf = this.#placeOf;
    const ids = this.#ids;
    for (const text of texts) {
      for (const token of tokenize(text, this.#text)) {
        let place = placeOf.get(token);
        if (place === undefined) {
          place = placeOf.size;
          placeOf.set(detached(token), place);
        }
        ids.push(place);
      }
      this.#offsets.push(ids.length);
    }
  }

  /** All that was read, in the order in which it came. */
  result(): InternedTokens {
    const places = { ids: this.#ids.toArray(), offsets: this.#offsets.toArray() };
    return { tokens: [...this.#placeOf.keys()], places };
  }
}

/** Texts that are all there: see {@link TokenInterner}. */
export function internTokens(texts: readonly string[], text: TextConfig): InternedTokens {
  const interner = new TokenInterner(text);
  interner.add(texts);
  return interner.result();
}

/** V8 keeps a part of a string of at least this length as a view, which keeps all of the string in memory. */
const shortestView = 13;

/** A token without the text that it was found in. No tokenizer gives half a surrogate pair, so UTF-8 holds it. */
function detached(token: string): string {
  return token.length < shortestView ? token : Buffer.from(token).toString();
}
