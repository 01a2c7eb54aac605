import type { TextConfig } from '../config/schema.js';
import { keepPart } from './keep-part.js';
import { withoutTags } from './line-break-tags.js';
import { readText } from './read-text.js';
import { segmentWords } from './segment-words.js';
import { splitCharacters } from './split-characters.js';
import { splitWords } from './subwords/split-words.js';

/**
 * An example's tokens, in reading order. No token is empty or holds white space; there may be none.
 *
 * The order of the steps: what {@link readText} does, the `tokenizer`, the cut where `maxLength` counts tokens. Of
 * `subwords` these are the words that subwords are made of, in the letters of the byte alphabet; none is cut off, since a
 * length in tokens counts the subwords.
 */
export function tokenize(text: string, config: TextConfig): string[] {
  const tokens = tokenizers[config.tokenizer](readText(text, config), config);
  return config.lengthUnit === 'tokens' && config.tokenizer !== 'subwords'
    ? keepPart(tokens, config)
    : tokens;
}

const tokenizers = {
  letters: (text, config) => withoutTags(text).match(letters[config.letters]) ?? [],
  punctuation: (text) => withoutTags(text.toWellFormed()).match(wordOrMark) ?? [],
  keras: (text) => text.toWellFormed().replace(kerasFilters, ' ').match(notSpace) ?? [],
  words: (text, { language }) => segmentWords(withoutTags(text.toWellFormed()), { language }),
  characters: (text) => splitCharacters(withoutTags(text.toWellFormed())),
  subwords: (text) => splitWords(withoutTags(text.toWellFormed())),
} satisfies Record<TextConfig['tokenizer'], (text: string, config: TextConfig) => string[]>;

/**
 * Words of letters and `'`, in the case they are written in; all else separates. Of ASCII alone in the lecture (item 12). A
 * letter of any alphabet has its marks with it; digits are no letters in either.
 */
const letters = { ascii: /[A-Za-z']+/g, unicode: /[\p{L}\p{M}']+/gu };

/** A word of any alphabet's letters and digits, or one other character: `Great!!` gives `Great`, `!`, `!`. */
const wordOrMark = /[\p{L}\p{M}\p{N}']+|[^\s]/gu;

/**
 * The `filters` of Keras' Tokenizer (keras/src/legacy/preprocessing/text.py). It then splits at the space alone; here any
 * white space separates, so that a token is always one line of vocabulary.txt.
 */
const kerasFilters = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~\t\n]/g;
const notSpace = /\S+/g;
