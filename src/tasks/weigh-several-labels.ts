import { type Targets, targetCount, targetsOfExample } from '../batches/targets.js';
import type { LabelWeights } from './task.js';

/**
 * Weights of labels where an example may have several: factors of the loss of a label that it has. `balanced` is negatives /
 * positives, what PyTorch's documentation of `pos_weight` advises: having a label counts as much as not having it; 1 for a label
 * that all examples have, or none.
 *
 * @param options.own `[examples]`: weights of the examples, by which they are counted
 */
export function weighSeveralLabels(
  targets: Targets,
  weights: ArrayLike<number> | 'balanced',
  { own, labelCount }: { own?: Float32Array; labelCount: number },
): LabelWeights {
  if (weights !== 'balanced') return { positives: Float64Array.from(weights) };
  const positives = new Float64Array(labelCount);
  let total = 0;
  for (let example = 0; example < targetCount(targets); example++) {
    const weight = own?.[example] ?? 1;
    total += weight;
    for (const label of new Set(targetsOfExample(targets, example))) positives[label] += weight;
  }
  return { positives: positives.map((count) => (count > 0 && count < total ? (total - count) / count : 1)) };
}
