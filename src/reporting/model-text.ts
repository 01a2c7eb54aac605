import type { ModelConfig, TextConfig } from '../config/schema.js';
import type { RunDescription } from './run-description.js';

/** The model in one line: `Embedding 11,000 x 128 -> GRU 128 -> GRU 128 -> Dense 1 (sigmoid)`. */
export function describeModel({ config, facts, labels }: RunDescription): string {
  const { embedding, layers } = config.model;
  const ids =
    facts.knownTokens === undefined
      ? ''
      : `${(facts.knownTokens + config.text.oovBuckets).toLocaleString('en-US')} x `;
  const output = labels.length === 2 ? 'Dense 1 (sigmoid)' : `Dense ${labels.length} (softmax)`;
  return [`Embedding ${ids}${embedding.units}`, ...layers.map(describeLayer), output].join(' -> ');
}

/** What part of a review the model reads: `the first 300 characters of each review`. */
export function describeText({ maxLength, lengthUnit }: TextConfig): string {
  return `the first ${maxLength} ${lengthUnit} of each review`;
}

function describeLayer({ cell, units, resetAfter }: ModelConfig['layers'][number]): string {
  return `${cell.toUpperCase()} ${units}${resetAfter ? '' : ' (reset before)'}`;
}
