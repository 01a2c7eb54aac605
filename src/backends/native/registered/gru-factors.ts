import type { Operations } from '../operations.js';
import { type GruGradientInputs, gruSizes } from './gru-inputs.js';
import { zeros } from './gru-weights.js';

/**
 * What the gradient dh of a state is multiplied by on its way back through a step h' = h + k (c - h). All of it is known
 * before the walk, so it is computed for all steps at once; lists have a [B, ...] tensor a step.
 */
export interface GruFactors {
  /** [S * B, U]: states before each step */
  readonly before: number;
  /** 1 - k: what goes straight to the state before */
  readonly kept: number[];
  /** [S * B, U] k (1 - c^2): to the sum before the candidate */
  readonly allCandidate: number;
  /** Where `resetAfter`, [B, 3U]: to the recurrent products of k, r and the candidate */
  readonly recurrent?: number[];
  /** Else: `allCandidate` by step; */
  readonly candidate?: number[];
  /** (c - h) k (1 - k), to the sum before k; */
  readonly update?: number[];
  /** of the gradient of r * h: h r (1 - r), to the sum before r; */
  readonly reset?: number[];
  /** r, to the state before; */
  readonly through?: number[];
  /** [S * B, U]: r * h. */
  readonly resetState?: number;
}

export function gruFactors(
  operations: Operations,
  inputs: GruGradientInputs,
  { resetAfter }: { resetAfter: boolean },
): GruFactors {
  const { time } = gruSizes(inputs);
  const zero = operations.integers(0);
  const one = operations.integers(1);
  const byStep = (rows: number) => operations.runAll('Split', [zero, rows], { num_split: time }, time);
  const mul = (a: number, b: number) => operations.run('Mul', [a, b]);
  const [gates, kept] = operations.idsOf([inputs.gates, inputs.inner]);
  const before = statesBefore(operations, inputs);
  const [k, r] = operations.runAll('Split', [one, gates], { num_split: 2 }, 2);
  // SigmoidGrad(y, dy) is y (1 - y) dy, TanhGrad(y, dy) is (1 - y^2) dy.
  const [candidates, inner] = resetAfter
    ? operations.runAll('Split', [zero, kept], { num_split: 2 }, 2)
    : [kept, undefined];
  const allCandidate = operations.run('TanhGrad', [candidates, k]);
  const update = operations.run('SigmoidGrad', [k, operations.run('Sub', [candidates, before])]);
  const openness = operations.run('Sub', [operations.floats(Float32Array.of(1), []), k]);
  const shared = { before, allCandidate, kept: byStep(openness) };
  if (inner !== undefined) {
    const reset = operations.run('SigmoidGrad', [r, mul(allCandidate, inner)]);
    const recurrent = operations.run('ConcatV2', [update, reset, mul(allCandidate, r), one], { N: 3 });
    return { ...shared, recurrent: byStep(recurrent) };
  }
  return {
    ...shared,
    candidate: byStep(allCandidate),
    update: byStep(update),
    reset: byStep(operations.run('SigmoidGrad', [r, before])),
    through: byStep(r),
    resetState: mul(r, before),
  };
}

/** The states, one step later. */
function statesBefore(operations: Operations, inputs: GruGradientInputs): number {
  const { batch, time, units } = gruSizes(inputs);
  const [states] = operations.idsOf([inputs.states]);
  const [given] = inputs.initialState ? operations.idsOf([inputs.initialState]) : [];
  const first = given ?? zeros(operations, [batch, units]);
  if (time === 1) return operations.run('Identity', [first]);
  const begin = operations.integers([0, 0]);
  const size = operations.integers([(time - 1) * batch, units]);
  const others = operations.run('Slice', [states, begin, size]);
  return operations.run('ConcatV2', [first, others, operations.integers(0)], { N: 2 });
}
