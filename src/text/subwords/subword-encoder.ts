import { GrowingIntegers } from '../../arrays/growing-integers.js';
import { makeTextUnits } from '../text-units.js';
import type { TokenIds } from '../token-ids.js';
import { makeTokenTable } from '../token-table.js';
import { bytesAsText, idOfByte } from './byte-alphabet.js';
import type { Merges } from './learn-merges.js';
import { mergeWord } from './merge-word.js';
import { PairTable } from './pair-table.js';
import { sharedWordEnd } from './split-words.js';
import { subwordBytes } from './subword-bytes.js';

/** Words whose ids are kept; when there are more, all are forgotten. */
const keptWords = 1 << 17;
/** Longer words, in UTF-16 units, hardly ever come again. */
const longestKept = 64;

export interface SubwordEncoder {
  /** How many ids there are. */
  readonly idCount: number;
  /** Texts as ids. A surrogate alone is read as U+FFFD, as in UTF-8. */
  readonly encode: (texts: readonly string[]) => TokenIds;
  /** The ids of one word's UTF-8 bytes. */
  readonly encodeBytes: (bytes: Uint8Array) => Int32Array;
  /** The text that ids stand for: of the ids of a well-formed text that very text. */
  readonly decode: (ids: ArrayLike<number>) => string;
}

/** Makes what turns texts into the ids of learned subwords, and back. */
export function makeSubwordEncoder(merges: Merges): SubwordEncoder {
  const table = pairTable(merges);
  const { bytes, offsets } = subwordBytes(merges);
  const wordEnd = sharedWordEnd();
  const unitsOf = makeTextUnits();
  const utf8 = new TextEncoder();
  let scratch = new Int32Array(1024);
  let words = makeTokenTable();
  let kept = new GrowingIntegers();
  let keptEnds = new GrowingIntegers();

  /** Leaves the ids at the start of `scratch`; returns how many. */
  function merge(wordBytes: Uint8Array): number {
    if (wordBytes.length > scratch.length) scratch = new Int32Array(2 * wordBytes.length);
    for (let place = 0; place < wordBytes.length; place++) scratch[place] = idOfByte[wordBytes[place]];
    return mergeWord(scratch, wordBytes.length, table);
  }

  function encodeText(text: string, ids: GrowingIntegers) {
    const units = unitsOf(text);
    for (let start = 0; start < text.length; ) {
      const end = wordEnd(units, start, text.length);
      const place = end - start > longestKept ? -1 : words.place(units, start, end);
      if (place >= 0 && place < keptEnds.length) {
        const keptEnd = keptEnds.at(place);
        for (let from = place === 0 ? 0 : keptEnds.at(place - 1); from < keptEnd; from++)
          ids.push(kept.at(from));
      } else {
        const length = merge(utf8.encode(text.slice(start, end)));
        for (let index = 0; index < length; index++) ids.push(scratch[index]);
        if (place >= 0) {
          for (let index = 0; index < length; index++) kept.push(scratch[index]);
          keptEnds.push(kept.length);
        }
      }
      start = end;
    }
    if (words.size() <= keptWords) return;
    words = makeTokenTable();
    kept = new GrowingIntegers();
    keptEnds = new GrowingIntegers();
  }

  function encode(texts: readonly string[]): TokenIds {
    const ids = new GrowingIntegers();
    const textOffsets = new Int32Array(texts.length + 1);
    texts.forEach((text, index) => {
      encodeText(text, ids);
      textOffsets[index + 1] = ids.length;
    });
    return { ids: ids.toArray(), offsets: textOffsets };
  }

  function decode(ids: ArrayLike<number>): string {
    const parts = Array.from(ids, (id) => {
      if (!(id >= 0 && id + 1 < offsets.length)) throw new RangeError(`there is no subword of id ${id}`);
      return bytes.subarray(offsets[id], offsets[id + 1]);
    });
    return bytesAsText(Buffer.concat(parts));
  }

  const encodeBytes = (wordBytes: Uint8Array) => {
    const length = merge(wordBytes);
    return scratch.slice(0, length);
  };
  return { idCount: offsets.length - 1, encode, encodeBytes, decode };
}

function pairTable({ lefts, rights }: Merges): PairTable {
  const table = new PairTable();
  for (let rank = 0; rank < lefts.length; rank++) table.add(lefts[rank], rights[rank]);
  return table;
}
