import type { TextConfig } from '../config/schema.js';

/** Where the tokens of a text stand. */
export interface TokenSpans {
  /** `[2 * count]`, or longer: the UTF-16 unit at which each token begins, and the one before which it ends. */
  bounds: Int32Array;
  count: number;
}

/** Finds the first `limit` tokens in the first `length` UTF-16 units of a text. */
export type FindTokens = (
  units: Uint16Array,
  spans: TokenSpans,
  options: { length: number; limit: number },
) => void;

/** What a UTF-16 unit does: ends a word, is part of one, is a token alone, begins a tag perhaps, is half of a pair. */
const [ends, joins, alone, tag, half] = [0, 1, 2, 3, 4];

type CharacterClass = (character: string) => number;

/** What a character does for each tokenizer that looks at single characters; a pair of surrogates is one, too. */
const characterClasses: Readonly<Record<string, CharacterClass>> = {
  'letters ascii': (character) => (/[A-Za-z']/.test(character) ? joins : ends),
  'letters unicode': (character) => (/[\p{L}\p{M}']/u.test(character) ? joins : ends),
  punctuation: (character) => {
    if (/[\p{L}\p{M}\p{N}']/u.test(character)) return joins;
    return /\s/.test(character) ? ends : alone;
  },
  keras: (character) => (/[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~\s]/.test(character) ? ends : joins),
};

const made = new Map<string, FindTokens>();

/**
 * The tokens of `tokenize` without a regular expression, for the tokenizers that look at single characters; `undefined`
 * for the others.
 */
export function tokenFinder({ tokenizer, letters }: TextConfig): FindTokens | undefined {
  const name = tokenizer === 'letters' ? `${tokenizer} ${letters}` : tokenizer;
  const classOf = characterClasses[name];
  if (classOf === undefined) return undefined;
  let finder = made.get(name);
  if (finder === undefined) {
    finder = makeFinder(classOf, { hasTags: tokenizer !== 'keras' });
    made.set(name, finder);
  }
  return finder;
}

function makeFinder(classOf: CharacterClass, { hasTags }: { hasTags: boolean }): FindTokens {
  const classes = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) {
    const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
    classes[unit] = isSurrogate ? half : classOf(String.fromCharCode(unit));
  }
  const lessThan = 0x3c;
  const classOfLessThan = classes[lessThan];
  if (hasTags) classes[lessThan] = tag;

  /** The character of one or two units, of which the first is half of a pair. */
  function pairAt(units: Uint16Array, place: number, length: number): string {
    const both = place + 1 < length ? String.fromCharCode(units[place], units[place + 1]) : '';
    return both.isWellFormed() && both !== '' ? both : String.fromCharCode(units[place]);
  }

  function endOfWord(units: Uint16Array, start: number, length: number): number {
    let place = start;
    for (;;) {
      while (place < length && classes[units[place]] === joins) place++;
      if (place === length || classes[units[place]] !== half) return place;
      const pair = pairAt(units, place, length);
      if (classOf(pair) !== joins) return place;
      place += pair.length;
    }
  }

  return (units, spans, { length, limit }) => {
    let { bounds } = spans;
    let count = 0;
    let place = 0;
    while (place < length && count < limit) {
      let kind = classes[units[place]];
      if (kind === ends) {
        place++;
        continue;
      }
      let end = endOfWord(units, place, length);
      if (end === place) {
        end = place + 1;
        if (kind === tag) {
          end = endOfTag(units, place, length);
          kind = end > place + 1 ? ends : classOfLessThan;
        } else if (kind === half) {
          const pair = pairAt(units, place, length);
          end = place + pair.length;
          kind = classOf(pair);
        }
        if (kind === ends) {
          place = end;
          continue;
        }
      }
      if (2 * count === bounds.length) bounds = enlarged(bounds);
      bounds[2 * count] = place;
      bounds[2 * count + 1] = end;
      count++;
      place = end;
    }
    spans.bounds = bounds;
    spans.count = count;
  };
}

/** Where the `<br />` ends that begins with the `<` at `start` (as in `line-break-tags.ts`); after the `<` if there is none. */
function endOfTag(units: Uint16Array, start: number, length: number): number {
  const [letterB, letterR, slash, greaterThan] = [0x62, 0x72, 0x2f, 0x3e];
  if (start + 3 >= length || units[start + 1] !== letterB || units[start + 2] !== letterR) return start + 1;
  let place = start + 3;
  while (place < length && isAsciiSpace(units[place])) place++;
  if (place < length && units[place] === slash) place++;
  return place < length && units[place] === greaterThan ? place + 1 : start + 1;
}

function isAsciiSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0a || unit === 0x0c || unit === 0x0d;
}

function enlarged(bounds: Int32Array): Int32Array {
  const larger = new Int32Array(2 * bounds.length);
  larger.set(bounds);
  return larger;
}
