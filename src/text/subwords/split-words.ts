import { makeTextUnits } from '../text-units.js';
import { bytesAsLetters } from './byte-alphabet.js';
import { makeWordEnds, type WordEnd } from './make-word-ends.js';

let wordEnd: WordEnd | undefined;

/** {@link makeWordEnds}'s function, made when it is first asked for: its table takes some milliseconds. */
export function sharedWordEnd(): WordEnd {
  wordEnd ??= makeWordEnds();
  return wordEnd;
}

/** The words of a well-formed text that no subword crosses, in the letters of the byte alphabet: ` film` is `Ġfilm`. */
export function splitWords(text: string): string[] {
  const endOf = sharedWordEnd();
  const units = makeTextUnits()(text);
  const words: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = endOf(units, start, text.length);
    words.push(bytesAsLetters(text.slice(start, end)));
    start = end;
  }
  return words;
}
