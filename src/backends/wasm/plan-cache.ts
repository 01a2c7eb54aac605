import { planSequences, type SequencePlan, type SequenceShape } from './sequence-plan.js';

interface CachedPlan {
  shape: SequenceShape;
  plan: SequencePlan;
}

/** Plans by the data id of their mask: the values behind a data id never change. */
const plans = new WeakMap<object, CachedPlan[]>();

/** The plan of these sequences; layers with the same mask, and a layer's backward pass, share it. */
export function planFor(shape: SequenceShape, maskId: object | undefined): SequencePlan {
  // Which products are known changes from batch to batch.
  if (!maskId || shape.known) return planSequences(shape);
  let cached = plans.get(maskId);
  if (!cached) {
    cached = [];
    plans.set(maskId, cached);
  }
  const known = cached.find((candidate) => isSame(candidate.shape, shape));
  if (known) return known.plan;
  const plan = planSequences(shape);
  cached.push({ shape, plan });
  return plan;
}

function isSame(one: SequenceShape, other: SequenceShape): boolean {
  const { batch, time, goBackwards, threads, ids } = one;
  return (
    batch === other.batch &&
    time === other.time &&
    goBackwards === other.goBackwards &&
    threads === other.threads &&
    ids === other.ids
  );
}
