import { z } from 'zod';

const positiveInteger = z.int().positive();
const natural = z.int().nonnegative();

/** What `dataset` is in a config: the arguments of `keras.datasets.imdb.load_data`. */
export const settings = z.strictObject({
  name: z
    .literal('keras-imdb')
    .describe(
      '`keras-imdb`: the same reviews as word ids, as `keras.datasets.imdb` gives them; `text` then has no say but in maxLength and keep.',
    ),
  path: z
    .string()
    .optional()
    .describe('A folder with imdb.npz and imdb_word_index.json; default: where `download` puts them.'),
  numWords: positiveInteger
    .nullable()
    .default(null)
    .describe('Only the most frequent words, special ids included; null for all.'),
  skipTop: natural.default(0).describe('So many of the most frequent words become oovChar.'),
  maxLength: positiveInteger
    .nullable()
    .default(null)
    .describe('Longer reviews are left out, as Keras does; null for none. To cut them use text.maxLength.'),
  seed: natural.max(0xffff_ffff).default(113).describe('Of the order of the reviews.'),
  startChar: natural.nullable().default(1).describe('Id that begins each review; null for none.'),
  oovChar: natural
    .nullable()
    .default(2)
    .describe('Id of words that are left out by numWords or skipTop; null drops them.'),
  indexFrom: natural.default(3).describe('Added to the ids of the word index.'),
});

export type KerasImdbSettings = z.infer<typeof settings>;
