import { logisticLoss } from '../../metrics/logistic-loss.js';
import { smoothedLabel } from '../smoothed-label.js';
import type { ExampleLoss } from '../task.js';
import { isOfColumn } from './label-columns.js';

/** The loss of one label for learners that go from one example to the next. */
export function labelLoss(labelCount: number): ExampleLoss {
  return {
    isTrue: (column, { 0: label }) => isOfColumn(label, column, labelCount),
    lossAndErrors(logits, { 0: label }, { smoothing = 0 } = {}) {
      if (logits.length > 1) return softmaxLossAndErrors(logits, { label, smoothing });
      const [logit] = logits;
      const margin = isOfColumn(label, 0, labelCount) ? logit : -logit;
      logits[0] = smoothedLabel(label, smoothing) - 1 / (1 + Math.exp(-logit));
      // A smoothed label is half of s away from the whole one, and the loss is linear in the label.
      return logisticLoss(margin) + (smoothing === 0 ? 0 : (smoothing / 2) * margin);
    },
    lossOfColumns: (logits, { 0: label }) => -Math.log(probabilityAmongColumns(label, logits)),
  };
}

function softmaxLossAndErrors(
  logits: Float64Array,
  { label, smoothing }: { label: number; smoothing: number },
): number {
  const highest = Math.max(...logits);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - highest), 0);
  const ofEach = smoothing / logits.length;
  let loss = 0;
  if (smoothing === 0) loss = Math.log(sum) - (logits[label] - highest);
  else {
    loss = logits.reduce((total, logit, column) => {
      return total + targetOf(column) * (Math.log(sum) - (logit - highest));
    }, 0);
  }
  logits.forEach((logit, column) => {
    logits[column] = targetOf(column) - Math.exp(logit - highest) / sum;
  });
  return loss;

  function targetOf(column: number): number {
    return Number(column === label) * (1 - smoothing) + ofEach;
  }
}

/** Of the true label, as the layer `BagOfWords` computes it. */
function probabilityAmongColumns(label: number, logits: Float64Array): number {
  const scores = logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  if (scores.length === 1) return 1 / (1 + Math.exp(label === 1 ? -logits[0] : logits[0]));
  return scores[label] / scores.reduce((sum, score) => sum + score, 0);
}
