import { logisticLoss } from '../../metrics/logistic-loss.js';
import { smoothedLabel } from '../binary-targets.js';
import type { ExampleLoss } from '../task.js';

/**
 * The loss of several labels for learners that go from one example to the next: the mean over the labels of what each
 * label's yes or no costs. The steps are those of the sum over the labels, so that a label learns as fast among many as
 * alone; fastText's `ova` does likewise.
 */
export const severalLoss: ExampleLoss = {
  isTrue: (column, targets) => has(targets, column),
  lossAndErrors(logits, targets, settings = {}) {
    let sum = 0;
    logits.forEach((logit, column) => {
      const yes = smoothedLabel(Number(has(targets, column)), settings.smoothing ?? 0);
      const ofYes = yes * (settings.positiveWeights?.[column] ?? 1);
      const p = 1 / (1 + Math.exp(-logit));
      sum += ofYes * logisticLoss(logit) + (1 - yes) * logisticLoss(-logit);
      logits[column] = ofYes * (1 - p) - (1 - yes) * p;
    });
    return sum / logits.length;
  },
  lossOfColumns(logits, targets, settings) {
    return severalLoss.lossAndErrors(logits.slice(), targets, settings);
  },
};

function has(targets: ArrayLike<number>, label: number): boolean {
  for (let place = 0; place < targets.length; place++) if (targets[place] === label) return true;
  return false;
}
