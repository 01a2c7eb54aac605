import { logisticLoss } from '../../metrics/logistic-loss.js';
import { smoothedLabel } from '../binary-targets.js';
import type { ExampleLoss, LossSettings } from '../task.js';

/**
 * The loss of several labels for learners that go from one example to the next: the mean over the labels of what each
 * label's yes or no costs. The steps are those of the sum over the labels, so that a label learns as fast among many as
 * alone; fastText's `ova` does likewise.
 */
export const severalLoss: ExampleLoss = {
  isTrue: (column, targets) => has(targets, column),
  lossAndErrors(logits, targets, settings = {}) {
    const { smoothing = 0, positiveWeights } = settings;
    const loss = lossOfColumns(logits, targets, settings);
    logits.forEach((logit, column) => {
      const label = smoothedLabel(Number(has(targets, column)), smoothing);
      const ofYes = (positiveWeights?.[column] ?? 1) * label;
      // By the logit: p y ln(1 + e^-x) + (1 - y) ln(1 + e^x); without weights this is target - probability.
      logits[column] = ofYes - (ofYes + 1 - label) / (1 + Math.exp(-logit));
    });
    return loss;
  },
  lossOfColumns,
};

function lossOfColumns(
  logits: Float64Array,
  targets: ArrayLike<number>,
  { smoothing = 0, positiveWeights }: LossSettings = {},
): number {
  const sum = logits.reduce((total, logit, column) => {
    const isYes = has(targets, column);
    const weight = positiveWeights?.[column] ?? 1;
    if (smoothing === 0) return total + (isYes ? weight : 1) * logisticLoss(isYes ? logit : -logit);
    const label = smoothedLabel(Number(isYes), smoothing);
    return total + weight * label * logisticLoss(logit) + (1 - label) * logisticLoss(-logit);
  }, 0);
  return sum / logits.length;
}

function has(targets: ArrayLike<number>, label: number): boolean {
  for (let place = 0; place < targets.length; place++) if (targets[place] === label) return true;
  return false;
}
