import { decodeEntities } from './decode-entities.js';

const plainForms: readonly [plain: string, marks: string][] = [
  // Quotation marks, primes, the letter apostrophe, an accent that stands alone, the full-width form.
  ["'", '\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u02bc\u00b4\uff07'],
  ['"', '\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02'],
  // Hyphens, dashes, the horizontal bar, the minus sign.
  ['-', '\u2010\u2011\u2012\u2013\u2014\u2015\u2212'],
  // No-break spaces and spaces of fixed width.
  [' ', '\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f'],
  ['...', '\u2026'],
  // The soft hyphen, which is seen at the end of a line alone.
  ['', '\u00ad'],
];
const plainOf = new Map(plainForms.flatMap(([plain, marks]) => [...marks].map((mark) => [mark, plain])));
const typographic = new RegExp(`[${[...plainOf.keys()].join('')}]`, 'g');

/**
 * Apostrophes that do not stand between two letters or digits: quotation marks, as in `'great'`, and what is lost with them,
 * the apostrophe of `dogs'` and `'tis`. Elsewhere they belong to a word, as in `don't`.
 */
const quoting = /(?<![\p{L}\p{M}\p{N}'])'+|'+(?![\p{L}\p{M}\p{N}'])/gu;

/**
 * A text with HTML entities as the characters that they stand for, and then typographic apostrophes, quotation marks,
 * dashes, spaces and ellipses as ASCII has them: `don’t` and `don&rsquo;t` become `don't`. Single quotation marks become
 * double ones, since tokenizers take an apostrophe for a part of the word beside it: `‘great’` becomes `"great"`.
 */
export function plainMarks(text: string): string {
  const plain = decodeEntities(text).replace(typographic, (mark) => plainOf.get(mark)!);
  return plain.includes("'") ? plain.replace(quoting, (marks) => '"'.repeat(marks.length)) : plain;
}
