import { type Targets, targetCount, targetsOfExample } from '../../batches/targets.js';
import type { LabelWeights } from '../task.js';

/**
 * Weights of labels where an example may have several: factors of the loss of a label that it has. `balanced` makes what
 * speaks for a label count as much as what speaks against it: examples without it / examples with it, sums of the examples'
 * own weights where they have any; 1 for a label that no example has, or every one.
 */
export function weighSeveral(
  targets: Targets,
  weights: ArrayLike<number> | 'balanced',
  { own, labelCount }: { own?: Float32Array; labelCount: number },
): LabelWeights {
  if (weights !== 'balanced') return { examples: own, positives: Float64Array.from(weights) };
  const sums = new Float64Array(labelCount);
  let total = 0;
  for (let example = 0; example < targetCount(targets); example++) {
    const weight = own?.[example] ?? 1;
    total += weight;
    for (const label of new Set(targetsOfExample(targets, example))) sums[label] += weight;
  }
  const positives = sums.map((sum) => (sum > 0 && sum < total ? (total - sum) / sum : 1));
  return { examples: own, positives };
}
