/** A cut after one of these changes no word: what follows neither joins it nor belongs to a dictionary's run before it. */
const endsRun = /[\s。、，．！？；：]/;
/** What belongs to the character before it: marks, joiners and other invisible characters. */
const joinsFormer = /[\p{M}\p{Cf}]/u;

/**
 * Cuts a text into slices of at most `longest` UTF-16 units. A cut comes after white space or the full stop, comma and the
 * like of Chinese and Japanese, the last such place in a slice; where there is none, between two characters; and where
 * there is no such place either (thousands of marks on one letter), between two code points.
 *
 * @param longest 2 or more
 */
export function safeSlices(text: string, longest: number): string[] {
  const slices: string[] = [];
  let start = 0;
  while (text.length - start > longest) {
    const end = cutBefore(text, start, start + longest);
    slices.push(text.slice(start, end));
    start = end;
  }
  slices.push(text.slice(start));
  return slices;
}

function cutBefore(text: string, start: number, limit: number): number {
  let betweenCharacters = 0;
  for (let place = limit; place > start; place--) {
    if (isLowSurrogate(text, place) || joinsFormer.test(String.fromCodePoint(text.codePointAt(place)!)))
      continue;
    if (endsRun.test(text[place - 1])) return place;
    betweenCharacters ||= text[place - 1] === '\u200d' ? 0 : place;
  }
  if (betweenCharacters > 0) return betweenCharacters;
  return isLowSurrogate(text, limit) ? limit - 1 : limit;
}

function isLowSurrogate(text: string, place: number): boolean {
  const unit = text.charCodeAt(place);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
