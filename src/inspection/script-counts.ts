/** Scripts that are told apart, as Unicode names them (UAX 24); any other letter counts as `Other`. */
const scriptNames = [
  ...['Latin', 'Greek', 'Cyrillic', 'Armenian', 'Hebrew', 'Arabic', 'Devanagari', 'Bengali', 'Gurmukhi'],
  ...['Gujarati', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Thai', 'Lao', 'Tibetan', 'Myanmar'],
  ...['Georgian', 'Ethiopic', 'Khmer', 'Mongolian', 'Han', 'Hiragana', 'Katakana', 'Hangul'],
];
const patterns = scriptNames.map((name) => new RegExp(`\\p{Script=${name}}`, 'u'));
const letter = /[\p{L}\p{M}]/u;

const latin = 1;
const other = scriptNames.length + 1;
const noLetter = 255;
/** The script of a code point, from 1; 0 where it was not looked up yet. */
const known = new Uint8Array(0x110000);

/** Counts letters by their script. */
export class ScriptCounts {
  private readonly counts = new Float64Array(other + 1);
  /** Characters (code points) of all kinds. */
  characters = 0;

  /** @returns how many characters (code points) the text has */
  add(text: string): number {
    let characters = 0;
    for (let at = 0; at < text.length; at++, characters++) {
      const unit = text.charCodeAt(at);
      if (unit < 128) {
        if ((unit | 32) >= 97 && (unit | 32) <= 122) this.counts[latin] += 1;
        continue;
      }
      const point = text.codePointAt(at) as number;
      if (point > 0xffff) at += 1;
      const script = known[point] || lookUp(point);
      if (script !== noLetter) this.counts[script] += 1;
    }
    this.characters += characters;
    return characters;
  }

  /** Shares of the letters, the largest first; empty where there are no letters. */
  shares(): { readonly script: string; readonly share: number }[] {
    const letters = this.counts.reduce((sum, count) => sum + count, 0);
    return [...scriptNames, 'Other']
      .map((script, index) => ({ script, share: this.counts[index + 1] / letters }))
      .filter(({ share }) => share > 0)
      .sort((one, next) => next.share - one.share);
  }
}

function lookUp(point: number): number {
  const character = String.fromCodePoint(point);
  const index = letter.test(character) ? patterns.findIndex((pattern) => pattern.test(character)) : -1;
  const script = index >= 0 ? index + 1 : /\p{L}/u.test(character) ? other : noLetter;
  known[point] = script;
  return script;
}
