import type { Prediction } from './predictor.js';

export interface RecordOptions {
  /** How many of the most probable labels are listed as `top`; none unless it is given. */
  readonly top?: number;
  /** An answer that is less probable has no label; its probabilities stay. Default 0. */
  readonly minProbability?: number;
}

/** Whether an answer has a label: it is probable enough, and the text is not foreign to the model. */
export function hasLabel(prediction: Prediction, { minProbability = 0 }: RecordOptions = {}): boolean {
  return !prediction.unknown && prediction.probability >= minProbability;
}

/** The most probable labels, the most probable first; equal ones in their order. */
export function topLabels(prediction: Prediction, count: number): { label: string; probability: number }[] {
  return Object.entries(probabilitiesOf(prediction))
    .map(([label, probability]) => ({ label, probability }))
    .sort((one, other) => other.probability - one.probability)
    .slice(0, count);
}

/** The probability of each label, by its name. */
export function probabilitiesOf({ record }: Prediction): Readonly<Record<string, number>> {
  return (record.probabilities ?? {}) as Record<string, number>;
}

/**
 * A prediction as plain data: `{ text, label, probability, probabilities, top?, unknown?, foreignness?, note? }`, with several
 * labels `labels` instead of `label`. `label` is null where {@link hasLabel} says no, `labels` empty.
 */
export function predictionRecord(
  prediction: Prediction,
  options: RecordOptions = {},
): Record<string, unknown> {
  const { text, record, note, unknown, foreignness } = prediction;
  const withheld = 'labels' in record ? { labels: [] } : { label: null };
  return {
    ...{ text, ...record },
    ...(hasLabel(prediction, options) ? {} : withheld),
    ...(options.top === undefined ? {} : { top: topLabels(prediction, options.top) }),
    ...(unknown === undefined ? {} : { unknown, foreignness }),
    ...(note === undefined ? {} : { note }),
  };
}
