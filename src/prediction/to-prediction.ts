import type { Answer } from '../tasks/task.js';
import type { AnswerOptions, LabelProbability, Prediction } from './prediction.js';

/** What is known of a text beside the model's answer. */
type Circumstances = Pick<Prediction, 'text' | 'shareRead'> &
  Partial<Pick<Prediction, 'unknown' | 'foreignness' | 'note'>>;

/** Puts together what is said of a text, and withholds labels of foreign texts and of answers that are not probable enough. */
export function toPrediction(
  { summary, probability, record }: Answer,
  { text, shareRead, unknown = false, foreignness, note }: Circumstances,
  { top, minProbability = 0 }: AnswerOptions,
): Prediction {
  const { label, labels, probabilities } = record as {
    readonly label?: string;
    readonly labels?: readonly string[];
    readonly probabilities: Readonly<Record<string, number>>;
  };
  const isWithheld = unknown || probability < minProbability;
  return {
    text,
    ...(label !== undefined && { label: isWithheld ? null : label }),
    labels: isWithheld ? [] : (labels ?? [label as string]),
    ...{ probability, probabilities },
    ...(top !== undefined && { top: topLabels(probabilities, top) }),
    ...{ summary, unknown },
    ...(foreignness !== undefined && { foreignness }),
    shareRead,
    ...(note !== undefined && { note }),
  };
}

/** The most probable labels, the most probable first; equal ones in their order. */
function topLabels(probabilities: Prediction['probabilities'], count: number): LabelProbability[] {
  return Object.entries(probabilities)
    .map(([label, probability]) => ({ label, probability }))
    .sort((one, other) => other.probability - one.probability)
    .slice(0, count);
}
