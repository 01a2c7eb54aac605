import { logisticLoss } from '../../metrics/logistic-loss.js';
import type { ExampleLoss } from '../task.js';
import { softTarget } from './soft-target.js';

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
      const { target, factor } = softTarget(column, has(targets, column), settings);
      sum += factor * (logisticLoss(logit) + (1 - target) * logit);
      logits[column] = factor * (target - 1 / (1 + Math.exp(-logit)));
    });
    return sum / logits.length;
  },
  lossOfColumns(logits, targets) {
    const sum = logits.reduce(
      (total, logit, column) => total + logisticLoss(has(targets, column) ? logit : -logit),
      0,
    );
    return sum / logits.length;
  },
};

function has(targets: ArrayLike<number>, label: number): boolean {
  for (let place = 0; place < targets.length; place++) if (targets[place] === label) return true;
  return false;
}
