import type { TextConfig } from '../config/schema.js';
import type { FixedVocabularySettings } from '../datasets/fixed-vocabulary.js';
import { FixedVocabulary } from './fixed-vocabulary.js';
import { HashedNgramVocabulary } from './hashed-ngram-vocabulary.js';
import { NgramVocabulary } from './ngram-vocabulary.js';
import { SubwordVocabulary } from './subwords/subword-vocabulary.js';
import type { Vocabulary } from './vocabulary.js';
import { WordVocabulary } from './word-vocabulary.js';

/** What a vocabulary's file does not say of it. */
export interface VocabularySettings {
  /** How texts become tokens, and which of these are known. */
  readonly text: TextConfig;
  /** Of a data set whose words have their ids already. */
  readonly fixed?: FixedVocabularySettings;
}

/**
 * Reads vocabulary.txt in the form that the settings ask for.
 *
 * @throws UserError naming the first line that is wrong
 */
export function parseVocabulary(fileContent: string, { text, fixed }: VocabularySettings): Vocabulary {
  if (fixed) return FixedVocabulary.parse(fileContent, { text, fixed });
  if (text.tokenizer === 'subwords') return SubwordVocabulary.parse(fileContent, text);
  if (text.ngrams > 1 && text.ngramBuckets === 0) return NgramVocabulary.parse(fileContent, text);
  const words = WordVocabulary.parse(fileContent, text);
  return text.ngrams > 1 ? new HashedNgramVocabulary(words) : words;
}
