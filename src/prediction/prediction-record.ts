import type { Prediction } from './prediction.js';

/**
 * A prediction as the JSON that `imdb-rnn predict --json` prints: `{ text, label, probability, probabilities, top?, unknown?,
 * foreignness?, note? }`, where a text may have several labels `labels` instead of `label`; `unknown` where the run can tell.
 */
export function predictionRecord(prediction: Prediction): Record<string, unknown> {
  const { text, label, labels, probability, probabilities, top, unknown, foreignness, note } = prediction;
  return {
    text,
    ...(label === undefined ? { labels } : { label }),
    ...{ probability, probabilities },
    ...(top && { top }),
    ...(foreignness !== undefined && { unknown, foreignness }),
    ...(note !== undefined && { note }),
  };
}
