import type { KerasImdbConfig, TextConfig } from '../config/schema.js';
import { HashedNgramVocabulary } from './hashed-ngram-vocabulary.js';
import { KerasImdbVocabulary } from './keras-imdb-vocabulary.js';
import { NgramVocabulary } from './ngram-vocabulary.js';
import { SubwordVocabulary } from './subwords/subword-vocabulary.js';
import type { Vocabulary } from './vocabulary.js';
import { WordVocabulary } from './word-vocabulary.js';

/**
 * Reads vocabulary.txt in the form that the settings ask for.
 *
 * @param options.dataset the settings of a data set of word ids, which has a vocabulary of its own
 * @throws UserError naming the first line that is wrong
 */
export function parseVocabulary(
  fileContent: string,
  text: TextConfig,
  { dataset }: { dataset?: KerasImdbConfig } = {},
): Vocabulary {
  if (dataset) return KerasImdbVocabulary.parse(fileContent, dataset);
  if (text.tokenizer === 'subwords') return SubwordVocabulary.parse(fileContent);
  if (text.ngrams > 1 && text.ngramBuckets === 0) return NgramVocabulary.parse(fileContent, text);
  const words = WordVocabulary.parse(fileContent, text.oovBuckets);
  return text.ngrams > 1 ? new HashedNgramVocabulary(words, text) : words;
}
