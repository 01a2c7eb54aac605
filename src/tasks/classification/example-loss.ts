import { logisticLoss } from '../../metrics/logistic-loss.js';
import type { ExampleLoss } from '../task.js';
import { isOfColumn } from './label-columns.js';

/** The loss of one label for learners that go from one example to the next. */
export function labelLoss(labelCount: number): ExampleLoss {
  return {
    isTrue: (column, { 0: label }) => isOfColumn(label, column, labelCount),
    lossAndErrors(logits, { 0: label }) {
      if (logits.length > 1) return softmaxLossAndErrors(logits, label);
      const margin = isOfColumn(label, 0, labelCount) ? logits[0] : -logits[0];
      logits[0] = label - 1 / (1 + Math.exp(-logits[0]));
      return logisticLoss(margin);
    },
    lossOfColumns: (logits, { 0: label }) => -Math.log(probabilityAmongColumns(label, logits)),
  };
}

function softmaxLossAndErrors(logits: Float64Array, label: number): number {
  const highest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - highest), 0);
  const loss = Math.log(sum) - (logits[label] - highest);
  logits.forEach((logit, column) => {
    logits[column] = Number(column === label) - Math.exp(logit - highest) / sum;
  });
  return loss;
}

/** Of the true label, as the layer `BagOfWords` computes it. */
function probabilityAmongColumns(label: number, logits: Float64Array): number {
  const scores = logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  if (scores.length === 1) return 1 / (1 + Math.exp(label === 1 ? -logits[0] : logits[0]));
  return scores[label] / scores.reduce((sum, score) => sum + score, 0);
}
