import type { TextConfig } from '../config/schema.js';
import { endOfRead } from './truncate.js';

/** Lengths of a window that a further one is given to be read from: what is read may be shorter than what was written. */
const spare = 2;

/**
 * What follows in a text on what is read of it, in windows of `maxLength`, of each of which as much is read as of any text. A
 * window begins with the first word that the one before it does not hold whole or, where that is longer than half a window,
 * where the one before ends.
 */
export function furtherWindows(
  text: string,
  { maxLength, lengthUnit }: Pick<TextConfig, 'maxLength' | 'lengthUnit'>,
): string[] {
  const windows: string[] = [];
  for (let start = 0; ; ) {
    const { end } = endOfRead(text, { maxLength, lengthUnit }, start);
    // A character that is longer than a window is passed over.
    start = end === start ? afterCharacter(text, start) : wordStart(text, { start, end });
    if (start >= text.length) return windows;
    const spared = endOfRead(text, { maxLength: spare * maxLength, lengthUnit }, start);
    windows.push(text.slice(start, spared.end));
  }
}

const afterCharacter = (text: string, place: number) => place + (text.codePointAt(place)! > 0xffff ? 2 : 1);

/** Where the word begins that the end of a window cuts. */
function wordStart(text: string, { start, end }: { start: number; end: number }): number {
  if (end === text.length || isSpace(text[end])) return end;
  const middle = start + (end - start) / 2;
  for (let place = end; place > middle; place--) if (isSpace(text[place - 1])) return place;
  return end;
}

const isSpace = (character: string) => /\s/.test(character);
