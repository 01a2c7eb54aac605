import { GrowingIntegers } from '../arrays/growing-integers.js';
import { PackedIntegers } from '../arrays/packed-integers.js';
import type { TextConfig } from '../config/schema.js';
import { checkTokenCount } from './check-token-count.js';
import { tokenFinder } from './find-tokens.js';
import { InternedTokens } from './interned-tokens.js';
import { makeSpanReader } from './span-reader.js';
import { makeStringReader } from './string-reader.js';
import { makeWordReader } from './subwords/word-reader.js';
import type { TokenReader } from './token-reader.js';

/** Reads texts into tokens, some texts at a time. */
export interface TextInterner {
  /** Reads some more texts. @throws UserError when there are more than 2^31 - 1 tokens */
  add(texts: readonly string[]): void;
  /** All that was read, in the order in which it came. */
  result(): InternedTokens | Promise<InternedTokens>;
  /** Ends what it has begun, with a result or without one. */
  close?(): Promise<void>;
}

/**
 * Reads texts into tokens as they come, each distinct one kept once: what comes after works on integers, and no text has to
 * be kept.
 */
export class TokenInterner implements TextInterner {
  readonly #reader: TokenReader;
  readonly #places = new PackedIntegers();
  readonly #offsets = new GrowingIntegers();

  constructor(text: TextConfig) {
    this.#reader = makeReader(text);
    this.#offsets.push(0);
  }

  add(texts: readonly string[]): void {
    for (const text of texts) {
      this.#reader.read(text, this.#places);
      checkTokenCount(this.#places.length);
      this.#offsets.push(this.#places.length);
    }
  }

  result(): InternedTokens {
    const offsets = this.#offsets.toArray();
    return new InternedTokens(this.#reader.tokens(), { places: this.#places, offsets });
  }
}

/** Texts that are all there: see {@link TokenInterner}. */
export function internTokens(texts: readonly string[], text: TextConfig): InternedTokens {
  const interner = new TokenInterner(text);
  interner.add(texts);
  return interner.result();
}

function makeReader(text: TextConfig): TokenReader {
  if (text.tokenizer === 'subwords') return makeWordReader(text);
  const findTokens = tokenFinder(text);
  return findTokens === undefined ? makeStringReader(text) : makeSpanReader(text, findTokens);
}
