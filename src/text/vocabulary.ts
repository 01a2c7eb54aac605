import type { TextConfig } from '../config/schema.js';
import type { TextInterner } from './intern-tokens.js';
import type { InternedTokens } from './interned-tokens.js';
import type { EncodedIds, TokenIds } from './token-ids.js';

/** The token of id 0, which fills short rows of a batch. No text contains it: no tokenizer gives a token with `<`. */
export const paddingToken = '<pad>';

/** The token that stands for all unknown ones where there are no OOV buckets. */
export const unknownToken = '<unk>';

/** The token that begins each example of a data set that has one for it. */
export const startToken = '<sos>';

/**
 * Features of examples and their ids: tokens, and with `text.ngrams` above 1 runs of tokens. Id 0 is `<pad>`, then come
 * the known features, then the ids that unknown tokens share (OOV buckets), then those that runs of tokens share.
 */
export interface Vocabulary {
  /** How texts become tokens: the settings that it was made with, which nobody else needs to know. */
  readonly text: TextConfig;
  /** Features with an id of their own, `<pad>` included; ids below this have a {@link token}. */
  readonly knownSize: number;
  /** How many ids unknown tokens share. */
  readonly oovBuckets: number;
  /** All ids; the rows of an embedding. */
  readonly idCount: number;
  /** Whether an id stands for unknown tokens. */
  isOov(id: number): boolean;
  /** The known feature of an id, a run's tokens joined by spaces; `undefined` for an id that many share. */
  token(id: number): string | undefined;
  /** The id of a feature, known or not; -1 where it is left out. */
  id(feature: string): number;
  /** A text's features in the order in which {@link encode} gives their ids, with those that are left out. */
  features(text: string): string[];
  /** Texts as ids: the ids of the tokens in reading order, then those of the runs of two tokens, of three, and so on. */
  encode(texts: readonly string[]): TokenIds;
  /** Reads texts as {@link encode} does, for whoever has them one after the other. */
  interner(): TextInterner;
  /** {@link encode} for texts that its {@link interner} has read; ids of two bytes where they are made at no cost. */
  encodeInterned(interned: InternedTokens): EncodedIds;
  /** The file vocabulary.txt: one known feature a line, the line's number (from 0) being its id; ends with a line feed. */
  serialize(): string;
}
