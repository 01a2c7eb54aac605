import type { TextUnits } from '../text-units.js';
import type { TokenTable } from '../token-table.js';
import type { WordEnd } from './make-word-ends.js';

/** Texts as the numbers of their words. */
export interface NumberedWords {
  /** The number of each word in the table, in reading order. */
  readonly numbers: Int32Array;
  /** `[texts]`: how many words the texts up to and with each one have. */
  readonly ends: Int32Array;
}

/** Numbers the words of well-formed texts: a surrogate alone would be taken as it is. */
export type WordNumberer = (texts: readonly string[]) => NumberedWords;

/**
 * Makes what numbers the words that subwords are made of.
 *
 * It uses nothing from outside itself, because its text is run in worker threads, too (see `numbering-threads.ts`).
 *
 * @param table where words get their numbers; an empty one, for this numberer alone
 */
export function makeWordNumberer(unitsOf: TextUnits, wordEnd: WordEnd, table: TokenTable): WordNumberer {
  let room = new Int32Array(1024);
  return (texts) => {
    // No text has more words than UTF-16 units.
    const most = texts.reduce((sum, { length }) => sum + length, 0);
    if (most > room.length) room = new Int32Array(most);
    const ends = new Int32Array(texts.length);
    let count = 0;
    texts.forEach((text, index) => {
      const units = unitsOf(text);
      for (let start = 0; start < text.length; ) {
        const end = wordEnd(units, start, text.length);
        room[count++] = table.place(units, start, end);
        start = end;
      }
      ends[index] = count;
    });
    return { numbers: room.slice(0, count), ends };
  };
}
