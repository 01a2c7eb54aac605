import type { FixedVocabularySettings } from '../fixed-vocabulary.js';
import type { KerasImdbSettings } from './settings.js';

/** How texts get the data set's ids: small letters, split as Keras' Tokenizer does, `startChar` in front. */
export function fixedVocabulary({ startChar, oovChar }: KerasImdbSettings): FixedVocabularySettings {
  return {
    tokenizer: 'keras',
    lowercase: true,
    startsExamples: startChar !== null,
    unknownId: oovChar,
  };
}
