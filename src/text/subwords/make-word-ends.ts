/** Where the word ends that begins at `start` of a text's UTF-16 units; `end` is where the text does. */
export type WordEnd = (units: Uint16Array, start: number, end: number) => number;

/**
 * Makes the function that divides a text into the words that no subword crosses, as GPT-2 does, with the marks of letters
 * counted as letters, which the scripts of India need. In the form of a regular expression:
 *
 *     '(?:[sdmt]|ll|ve|re)| ?[\p{L}\p{M}]+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{M}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+
 *
 * A word has the space before it with it; all words together are the text.
 *
 * It uses nothing from outside itself, because its text is run in worker threads, too (see `count-words-in-threads.ts`).
 */
export function makeWordEnds(): WordEnd {
  const [other, letter, number, space] = [0, 1, 2, 3];
  const classOfCharacter = (character: string) => {
    if (/[\p{L}\p{M}]/u.test(character)) return letter;
    if (/\p{N}/u.test(character)) return number;
    return /\p{White_Space}/u.test(character) ? space : other;
  };
  const classes = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit++) classes[unit] = classOfCharacter(String.fromCharCode(unit));

  const contractionLength = (units: Uint16Array, place: number, end: number) => {
    if (place + 1 >= end) return 0;
    const next = units[place + 1];
    // s, d, m, t
    if (next === 0x73 || next === 0x64 || next === 0x6d || next === 0x74) return 2;
    if (place + 2 >= end) return 0;
    const last = units[place + 2];
    // ll, ve, re
    if (next === 0x6c) return last === 0x6c ? 3 : 0;
    return (next === 0x76 || next === 0x72) && last === 0x65 ? 3 : 0;
  };

  return (units, start, end) => {
    let place = start;
    const first = units[start];
    if (first === 0x27) {
      const length = contractionLength(units, start, end);
      if (length > 0) return start + length;
    }
    if (classes[first] === space) {
      let last = start;
      while (last < end && classes[units[last]] === space) last++;
      if (last === end) return end;
      // The last space of several goes with the next word.
      if (last > start + 1) return last - 1;
      if (first !== 0x20) return last;
      place = last;
    }
    let kind = -1;
    while (place < end) {
      const unit = units[place];
      let [length, found] = [1, classes[unit]];
      if (unit >= 0xd800 && unit <= 0xdbff && place + 1 < end) {
        const pair = String.fromCharCode(unit, units[place + 1]);
        if (pair.isWellFormed()) {
          length = 2;
          found = classOfCharacter(pair);
        }
      }
      if (kind < 0) kind = found;
      else if (found !== kind) break;
      place += length;
    }
    return place;
  };
}
