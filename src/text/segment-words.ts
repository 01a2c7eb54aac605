import { safeSlices } from './safe-slices.js';

/** Segmenting takes time that grows with the square of a text's length; a slice of this many UTF-16 units takes 1 ms. */
const sliceLength = 2000;

/** Text of which a regular expression knows the words: ASCII, Latin letters and the usual marks, no mark that combines. */
const latinOnly =
  /^[\t-\r -~\u00a0-\u00a9\u00ab-\u00ac\u00ae-\u00b4\u00b6\u00b7\u00b9-\u024f\u2013\u2014\u2018-\u201f\u2026\u20ac]*$/;

const letter = 'A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f';

/**
 * The rules WB5 to WB13 of Unicode Standard Annex 29 for such text: letters, digits and `_` stick together, and so do
 * letters around one of `'.·‘’`, and digits around one of `'.,;‘’`. Marks, but not white space, are alone.
 */
function latinWords(betweenLetters: string): RegExp {
  const joined = `(?<=[${letter}])[${betweenLetters}](?=[${letter}])|(?<=[0-9])['.,;\u2018\u2019](?=[0-9])`;
  return new RegExp(`[${letter}0-9_]+(?:(?:${joined})[${letter}0-9_]+)*|\\S`, 'g');
}

interface Segmenter {
  readonly whole: Intl.Segmenter;
  readonly latin: RegExp;
}

const segmenters = new Map<string, Segmenter>();

function segmenterOf(language: string): Segmenter {
  let found = segmenters.get(language);
  if (found === undefined) {
    const whole = new Intl.Segmenter(language, { granularity: 'word' });
    // Whether a colon joins letters differs between languages and between versions of Unicode's data.
    const colonJoins = [...whole.segment('a:b')].length === 1;
    found = { whole, latin: latinWords(`'.\u00b7\u2018\u2019${colonJoins ? ':' : ''}`) };
    segmenters.set(language, found);
  }
  return found;
}

/**
 * The words of a well-formed text in any language, also in those that put no spaces between them (Chinese, Japanese,
 * Thai): the segments of Unicode Standard Annex 29 and the dictionaries that Node.js has with it. All but white space is
 * a token; a mark or an emoji is one of its own.
 *
 * A text is segmented in slices, cut at white space or after a full stop or comma wherever there is one, so that the cut
 * changes nothing; where there is none in 2,000 characters, a word may be cut in two.
 *
 * @param options.language a BCP 47 tag
 */
export function segmentWords(text: string, { language }: { language: string }): string[] {
  const { whole, latin } = segmenterOf(language);
  if (latinOnly.test(text)) return text.match(latin) ?? [];
  const words: string[] = [];
  for (const slice of safeSlices(text, sliceLength)) {
    for (const { segment } of whole.segment(slice)) {
      if (segment.trim() !== '') words.push(segment);
    }
  }
  // A space that carries a mark is one segment with it.
  return words.flatMap((word) => (/\s/.test(word) ? word.split(/\s+/).filter((part) => part !== '') : word));
}
