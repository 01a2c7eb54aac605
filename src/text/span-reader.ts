import type { TextConfig } from '../config/schema.js';
import type { FindTokens, TokenSpans } from './find-tokens.js';
import { lengthFromStart } from './keep-part.js';
import { readText } from './read-text.js';
import { makeTextUnits } from './text-units.js';
import type { TokenReader } from './token-reader.js';
import { makeTokenTable } from './token-table.js';

/** Makes a reader that goes by where tokens stand in their texts, and makes a string of each different one alone. */
export function makeSpanReader(text: TextConfig, findTokens: FindTokens): TokenReader {
  const { lengthUnit, keep } = text;
  const maxLength = lengthUnit === 'tokens' ? text.maxLength : Number.POSITIVE_INFINITY;
  const limit = keep === 'start' ? maxLength : Number.POSITIVE_INFINITY;
  const table = makeTokenTable();
  const unitsOf = makeTextUnits();
  const spans: TokenSpans = { bounds: new Int32Array(1024), count: 0 };
  return {
    read: (whole, numbers) => {
      const read = readText(whole, text).toWellFormed();
      const units = unitsOf(read);
      findTokens(units, spans, { length: read.length, limit });
      const { bounds, count } = spans;
      const length = Math.min(count, maxLength);
      const fromStart = lengthFromStart(length, keep);
      for (let token = 0; token < length; token++) {
        const found = token < fromStart ? token : count - length + token;
        numbers.push(table.place(units, bounds[2 * found], bounds[2 * found + 1]));
      }
    },
    tokens: table.tokens,
  };
}
