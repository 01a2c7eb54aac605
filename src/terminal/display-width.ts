import { stripVTControlCharacters } from 'node:util';
import { isTerminal } from './colors.js';

const ascii = /^[\x20-\x7e]*$/;
const nothing = /\p{Mark}|\p{Cf}|\p{Cc}/u;
const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes on a terminal: colours none, accents none, East Asian characters and emoji two. */
export function displayWidth(text: string): number {
  if (ascii.test(text)) return text.length;
  let columns = 0;
  for (const character of stripVTControlCharacters(text)) columns += characterWidth(character);
  return columns;
}

/**
 * Columns that a line written to this stream may take: no limit where it is no terminal; 80 on a terminal that does not
 * know its size, as serial lines and some containers report 0.
 */
export function columnsOf(stream: NodeJS.WritableStream): number {
  return isTerminal(stream) ? stream.columns || 80 : Number.POSITIVE_INFINITY;
}

/** The start of a text that fits into so many columns, with `…` where something was left out. Expects no colours. */
export function cropToWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let [kept, width] = ['', 0];
  for (const character of text) {
    width += characterWidth(character);
    if (width > columns - 1) break;
    kept += character;
  }
  return columns < 1 ? '' : `${kept}…`;
}

/**
 * A text on one line: line breaks and tabs become spaces; other control characters, which a terminal would obey, and
 * marks that turn the direction of writing go.
 */
export function toOneLine(text: string): string {
  return text
    .replace(/[\t\n\v\f\r\u0085\u2028\u2029]+/g, ' ')
    .replace(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '');
}

function characterWidth(character: string): number {
  if (nothing.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}
