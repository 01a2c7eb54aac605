import type { TextConfig } from '../config/schema.js';
import { withoutTags } from './line-break-tags.js';
import { truncate } from './truncate.js';

/**
 * An example's tokens, in reading order. No token is empty or holds white space; there may be none.
 *
 * The order of the steps: the cut to `maxLength` where that counts characters or bytes, small letters if `lowercase`, the
 * `tokenizer`, the cut where `maxLength` counts tokens.
 */
export function tokenize(text: string, config: TextConfig): string[] {
  const read = truncate(text, config);
  const tokens = tokenizers[config.tokenizer](config.lowercase ? read.toLowerCase() : read);
  const { lengthUnit, maxLength, keep } = config;
  if (lengthUnit !== 'tokens' || tokens.length <= maxLength) return tokens;
  return keep === 'start' ? tokens.slice(0, maxLength) : tokens.slice(-maxLength);
}

const tokenizers = {
  letters: (text) => withoutTags(text).match(letters) ?? [],
  punctuation: (text) => withoutTags(text.toWellFormed()).match(wordOrMark) ?? [],
  keras: (text) => text.toWellFormed().replace(kerasFilters, ' ').match(notSpace) ?? [],
} satisfies Record<TextConfig['tokenizer'], (text: string) => string[]>;

/** Words of the lecture (item 12): ASCII letters and `'`, in the case they are written in; all else separates. */
const letters = /[A-Za-z']+/g;

/** A word of any alphabet's letters and digits, or one other character: `Great!!` gives `Great`, `!`, `!`. */
const wordOrMark = /[\p{L}\p{M}\p{N}']+|[^\s]/gu;

/**
 * The `filters` of Keras' Tokenizer (keras/src/legacy/preprocessing/text.py). It then splits at the space alone; here any
 * white space separates, so that a token is always one line of vocabulary.txt.
 */
const kerasFilters = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~\t\n]/g;
const notSpace = /\S+/g;
