import { withoutHtml } from './text-marks.js';

const words = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*/gu;
/** Writing without spaces between words: Thai, Lao, Myanmar, Khmer, Japanese, Chinese. */
const withoutSpaces =
  /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/;
/** Beyond so many UTF-16 units a text tells nothing new of its words. */
const readUpTo = 200_000;

let segmenter: Intl.Segmenter | undefined;

/** The words of a text in small letters, HTML tags left out; found by ICU's dictionaries where words have no spaces between them. */
export function wordsOf(text: string): readonly string[] {
  const read = withoutHtml(
    text.length > readUpTo ? text.slice(0, readUpTo).toWellFormed() : text,
  ).toLowerCase();
  if (!withoutSpaces.test(read)) return read.match(words) ?? [];
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  const found: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(read)) if (isWordLike) found.push(segment);
  return found;
}
