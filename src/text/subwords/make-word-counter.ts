import type { TextUnits } from '../text-units.js';
import type { TokenTable } from '../token-table.js';
import type { WordEnd } from './make-word-ends.js';

/** Words and how often each occurs. */
export interface WordCounts {
  readonly words: string[];
  readonly counts: Float64Array;
}

export interface WordCounter {
  /** Counts the words of a text. */
  readonly add: (text: string) => void;
  /** What was counted so far. */
  readonly result: () => WordCounts;
}

/**
 * Makes a counter of words.
 *
 * It uses nothing from outside itself, because its text is run in worker threads, too (see `count-words-in-threads.ts`).
 *
 * @param table an empty one, for this counter alone
 */
export function makeWordCounter(unitsOf: TextUnits, wordEnd: WordEnd, table: TokenTable): WordCounter {
  let counts = new Float64Array(1 << 12);

  function add(text: string) {
    const units = unitsOf(text);
    const end = text.length;
    for (let start = 0; start < end; ) {
      const next = wordEnd(units, start, end);
      const place = table.place(units, start, next);
      if (place === counts.length) {
        const larger = new Float64Array(2 * counts.length);
        larger.set(counts);
        counts = larger;
      }
      counts[place]++;
      start = next;
    }
  }

  return { add, result: () => ({ words: table.tokens(), counts: counts.slice(0, table.size()) }) };
}
