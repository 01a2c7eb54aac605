import type { LabelAnswers } from './label-questions.js';

export const uncertaintyMeasures = ['margin', 'entropy', 'leastConfidence'] as const;

/**
 * How unsure a model is of a text (Settles 2009, section 3.1). `margin`: 1 less the difference of the two highest
 * probabilities; `entropy`: -sum p ln p, in nats; `leastConfidence`: 1 less the highest probability. With two labels all
 * three have the same order.
 */
export type UncertaintyMeasure = (typeof uncertaintyMeasures)[number];

const measures: Record<UncertaintyMeasure, (probabilities: Float64Array) => number> = {
  margin(probabilities) {
    let [highest, second] = [0, 0];
    for (const probability of probabilities) {
      if (probability > highest) [highest, second] = [probability, highest];
      else if (probability > second) second = probability;
    }
    return 1 - (highest - second);
  },
  entropy: (probabilities) => probabilities.reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0),
  leastConfidence: (probabilities) => 1 - Math.max(...probabilities),
};

/**
 * How unsure a model is of each text: the more, the higher.
 *
 * @param answers to one question, or to several, of which the mean is taken; all of the same texts
 * @returns `[texts]`
 */
export function uncertainties(answers: readonly LabelAnswers[], measure: UncertaintyMeasure): Float64Array {
  const texts = answers[0].probabilities.length / answers[0].names.length;
  const sums = new Float64Array(texts);
  for (const { names, probabilities } of answers) {
    for (let text = 0; text < texts; text++) {
      sums[text] += measures[measure](probabilities.subarray(text * names.length, (text + 1) * names.length));
    }
  }
  return sums.map((sum) => sum / answers.length);
}
