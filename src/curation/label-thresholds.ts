import { countLabels, type LabelledProbabilities } from './labelled-probabilities.js';

/** cleanlab's: above the tolerance of the comparison, so that a label that is never likely is never confident. */
const leastThreshold = 2e-6;

/**
 * From which probability on an example counts as confidently of a label: the mean of what the model says of that label to
 * the examples that have been given it (Northcutt, Jiang & Chuang 2021, equation 2).
 *
 * @returns `[labels]`; 2, which no probability reaches, for a label that no example has been given
 */
export function labelThresholds(data: LabelledProbabilities): Float64Array {
  const { labels, probabilities, labelCount } = data;
  const sums = new Float64Array(labelCount);
  labels.forEach((label, example) => {
    sums[label] += probabilities[example * labelCount + label];
  });
  const counts = countLabels(data);
  return sums.map((sum, label) => (counts[label] === 0 ? 2 : Math.max(sum / counts[label], leastThreshold)));
}
