import type { TextConfig } from '../../src/config/schema.js';

/** The lecture's text settings, some of them changed. */
export function textConfig(changes: Partial<TextConfig> = {}): TextConfig {
  return { ...lecture, ...changes };
}

const lecture: TextConfig = {
  maxLength: 300,
  lengthUnit: 'characters',
  keep: 'start',
  tokenizer: 'letters',
  lowercase: false,
  vocabularySize: 10_000,
  minimumCount: 1,
  oovBuckets: 1_000,
  ngrams: 1,
  ngramBuckets: 0,
};
