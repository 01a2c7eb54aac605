import type { TextConfig } from '../config/schema.js';
import { withoutTags } from './clean-text.js';
import { type FindTokens, type TokenSpans, tokenFinder } from './find-tokens.js';
import { GrowingIntegers } from './growing-integers.js';
import { lengthFromStart } from './keep-part.js';
import { readText } from './read-text.js';
import { bytesAsLetters } from './subwords/byte-alphabet.js';
import { sharedWordEnd } from './subwords/split-words.js';
import { makeTextUnits } from './text-units.js';
import type { TokenIds } from './token-ids.js';
import { makeTokenTable } from './token-table.js';
import { tokenize } from './tokenize.js';

/** Reviews as numbers of their distinct tokens. */
export interface InternedTokens {
  /** The distinct tokens, in the order in which they first occur. */
  readonly tokens: readonly string[];
  /** For each token of each review its place in `tokens`, in reading order. */
  readonly places: TokenIds;
}

/** Reads reviews into tokens, each distinct one kept once: what comes after works on integers. */
export function internTokens(reviews: readonly string[], text: TextConfig): InternedTokens {
  if (text.tokenizer === 'subwords') return internWords(reviews, text);
  const findTokens = tokenFinder(text);
  return findTokens === undefined ? internStrings(reviews, text) : internSpans(reviews, text, findTokens);
}

function internStrings(reviews: readonly string[], text: TextConfig): InternedTokens {
  const placeOf = new Map<string, number>();
  const ids = new GrowingIntegers();
  const offsets = new Int32Array(reviews.length + 1);
  reviews.forEach((review, index) => {
    for (const token of tokenize(review, text)) {
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

/** The same from where tokens stand in their texts, without making a string of each. */
function internSpans(reviews: readonly string[], text: TextConfig, findTokens: FindTokens): InternedTokens {
  const { lengthUnit, keep } = text;
  const maxLength = lengthUnit === 'tokens' ? text.maxLength : Number.POSITIVE_INFINITY;
  const table = makeTokenTable();
  const unitsOf = makeTextUnits();
  const ids = new GrowingIntegers();
  const offsets = new Int32Array(reviews.length + 1);
  const spans: TokenSpans = { bounds: new Int32Array(1024), count: 0 };
  reviews.forEach((review, index) => {
    const read = readText(review, text).toWellFormed();
    const units = unitsOf(read);
    const limit = keep === 'start' ? maxLength : Number.POSITIVE_INFINITY;
    findTokens(units, spans, { length: read.length, limit });
    const { bounds, count } = spans;
    const length = Math.min(count, maxLength);
    const fromStart = lengthFromStart(length, keep);
    for (let token = 0; token < length; token++) {
      const found = token < fromStart ? token : count - length + token;
      ids.push(table.place(units, bounds[2 * found], bounds[2 * found + 1]));
    }
    offsets[index + 1] = ids.length;
  });
  return { tokens: table.tokens(), places: { ids: ids.toArray(), offsets } };
}

/** The words that subwords are made of; none is cut off. */
function internWords(reviews: readonly string[], text: TextConfig): InternedTokens {
  const wordEnd = sharedWordEnd();
  const table = makeTokenTable();
  const unitsOf = makeTextUnits();
  const ids = new GrowingIntegers();
  const offsets = new Int32Array(reviews.length + 1);
  reviews.forEach((review, index) => {
    const read = withoutTags(readText(review, text).toWellFormed());
    const units = unitsOf(read);
    for (let start = 0; start < read.length; ) {
      const end = wordEnd(units, start, read.length);
      ids.push(table.place(units, start, end));
      start = end;
    }
    offsets[index + 1] = ids.length;
  });
  return { tokens: table.tokens().map(bytesAsLetters), places: { ids: ids.toArray(), offsets } };
}
