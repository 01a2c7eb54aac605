import { fillConfig } from '../../src/config/fill-config.js';
import type { TextConfig } from '../../src/config/schema.js';

const lecture = { maxLength: 300, lengthUnit: 'characters', vocabularySize: 10_000, oovBuckets: 1_000 };
const filled = fillConfig({ text: lecture, model: { layers: [{ cell: 'gru' }] } }, 'text settings').text;

/** The lecture's text settings, some of them changed. */
export function textConfig(changes: Partial<TextConfig> = {}): TextConfig {
  return { ...filled, ...changes };
}
