import { z } from 'zod';
import { isLanguageTag } from './language-tag.js';

const positiveInteger = z.int().positive();

/** How a raw text becomes tokens (lecture items 12 to 14). */
export const text = z.strictObject({
  maxLength: positiveInteger.default(300).describe('Only this much of a text is read.'),
  lengthUnit: z
    .enum(['characters', 'bytes', 'tokens'])
    .default('characters')
    .describe(
      "`characters` counts Unicode code points; `bytes` counts UTF-8 bytes, as the lecture's `tf.strings.substr` does; `tokens` counts tokens.",
    ),
  keep: z
    .enum(['start', 'end', 'both'])
    .default('start')
    .describe(
      'The part of a long text that is read. `end` and `both` (half of maxLength from the start, half from the end) go with `tokens` only.',
    ),
  excerpts: z
    .union([z.enum(['none', 'windows']), z.int().min(2).max(20)])
    .default('none')
    .describe(
      'What of a text is learnt beside what is read of it, as examples with its label. `windows`: further parts of it as long as `maxLength`, in characters or bytes. A number: so many parts of equal length of the whole text. Validation, test and predictions have none.',
    ),
  plain: z
    .boolean()
    .default(false)
    .describe(
      'Before all else typographic apostrophes, quotes, dashes, spaces and ellipses become those of ASCII, HTML entities (`&quot;`) the characters that they stand for, and single quotation marks double ones, so that they are no part of a word.',
    ),
  normalize: z
    .enum(['none', 'NFC', 'NFKC'])
    .default('none')
    .describe(
      'A Unicode normalization form, so that characters that look alike are alike. `NFKC` also makes ligatures, full-width letters and the like plain.',
    ),
  accents: z
    .enum(['keep', 'remove'])
    .default('keep')
    .describe('`remove`: letters lose their accents and other marks, `é` becomes `e`.'),
  digits: z
    .enum(['keep', 'drop', 'zero'])
    .default('keep')
    .describe(
      '`keep`: as the tokenizer has it; for `letters`, ASCII or not, a digit is no letter and only ends a word. `drop`: digits become a space. `zero`: each decimal digit becomes `0`.',
    ),
  tokenizer: z
    .enum(['letters', 'punctuation', 'keras', 'words', 'characters', 'subwords'])
    .default('letters')
    .describe(
      "`letters`: words of letters and apostrophes, as in the lecture. `punctuation`: words of letters, digits and apostrophes, and each other mark is a token, too. `keras`: split as Keras' Tokenizer does. `words`: words of any language, also of those without spaces, and each mark is a token. `characters`: each code point is a token, white space between them `▁`. `subwords`: byte-pair encoding, learned from the training split; no text has unknown tokens.",
    ),
  letters: z
    .enum(['ascii', 'unicode'])
    .default('ascii')
    .describe('What the tokenizer `letters` takes for a letter: A to Z, or a letter of any alphabet.'),
  language: z
    .string()
    .refine(isLanguageTag, 'expected a language tag such as ja or pt-BR (BCP 47)')
    .default('und')
    .describe(
      'The language whose rules the tokenizer `words` follows, as a BCP 47 tag; `und`: those for all languages.',
    ),
  lowercase: z.boolean().default(false).describe('Capital letters are made small first.'),
  vocabularySize: positiveInteger
    .min(2)
    .default(10_000)
    .describe(
      'Known words, the padding token (id 0) included: the most frequent tokens of the training split; with `ngrams` and no `ngramBuckets` its most frequent tokens and runs of tokens.',
    ),
  minimumCount: positiveInteger
    .default(1)
    .describe(
      'Rarer tokens are not known, however large the vocabulary; rarer pairs do not become subwords.',
    ),
  oovBuckets: z
    .int()
    .nonnegative()
    .default(1_000)
    .describe(
      'Every other word shares one of these ids, chosen by a hash of its bytes. 0: all of them share the id of `<unk>`, or are left out where `ngrams` have ids of their own. Of `subwords` none is unknown.',
    ),
  ngrams: z
    .int()
    .min(1)
    .max(5)
    .default(1)
    .describe(
      'Runs of up to this many tokens are features, too; above 1 for the models that do not read in order: bagOfWords, averagedEmbedding, and a recurrent one that has `model.wide` beside it.',
    ),
  ngramBuckets: z
    .int()
    .nonnegative()
    .default(0)
    .describe(
      'Runs of two and more tokens share so many ids by a hash, as in fastText. 0: they are part of the vocabulary, and unknown ones are left out.',
    ),
});
