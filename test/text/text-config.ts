import type { TextConfig } from '../../src/config/schema.js';

/** The lecture's text settings, some of them changed. */
export function textConfig(changes: Partial<TextConfig> = {}): TextConfig {
  return { maxLength: 300, lengthUnit: 'characters', vocabularySize: 10_000, oovBuckets: 1_000, ...changes };
}
