import type { TextConfig } from '../../config/schema.js';
import { withoutTags } from '../line-break-tags.js';
import { readText } from '../read-text.js';
import { makeTextUnits } from '../text-units.js';
import type { TokenReader } from '../token-reader.js';
import { makeTokenTable } from '../token-table.js';
import { bytesAsLetters } from './byte-alphabet.js';
import { sharedWordEnd } from './split-words.js';

/** Makes a reader of the words that subwords are made of; none is cut off. */
export function makeWordReader(text: TextConfig): TokenReader {
  const wordEnd = sharedWordEnd();
  const table = makeTokenTable();
  const unitsOf = makeTextUnits();
  return {
    read: (whole, numbers) => {
      const read = withoutTags(readText(whole, text).toWellFormed());
      const units = unitsOf(read);
      for (let start = 0; start < read.length; ) {
        const end = wordEnd(units, start, read.length);
        numbers.push(table.place(units, start, end));
        start = end;
      }
    },
    tokens: () => table.tokens().map(bytesAsLetters),
  };
}
