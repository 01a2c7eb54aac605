import type { Targets } from '../../batches/targets.js';
import { UserError } from '../../errors/user-error.js';
import type { LabelWeights } from '../task.js';

/**
 * Weights of labels as weights of examples, where each example has one label: its own weight times that of its label.
 * `balanced` is scikit-learn's: n / (labels * count) for a label of `count` examples, both n and count sums of the examples'
 * own weights where they have any, and `labels` those that come.
 */
export function weighOneLabel(
  { values }: Targets,
  weights: ArrayLike<number> | 'balanced',
  { own, labelCount }: { own?: Float32Array; labelCount: number },
): LabelWeights {
  if (labelCount === 1) {
    throw new UserError(
      'training.classWeights is set, but the data set has one label: there is nothing to weigh it against',
      'Set training.classWeights to none.',
    );
  }
  const factors = weights === 'balanced' ? balanced() : weights;
  return { examples: Float32Array.from(values, (label, example) => (own?.[example] ?? 1) * factors[label]) };

  function balanced(): Float64Array {
    const sums = new Float64Array(labelCount);
    values.forEach((label, example) => {
      sums[label] += own?.[example] ?? 1;
    });
    const present = sums.filter((sum) => sum > 0).length;
    const total = sums.reduce((all, sum) => all + sum, 0);
    return sums.map((sum) => (sum > 0 ? total / (present * sum) : 0));
  }
}
