import type { Operations } from '../operations.js';
import type { BackwardLoop } from './loop-cell.js';
import { joinColumns, splitEqually } from './recurrent-inputs.js';
import { statesBefore } from './states-before.js';

/**
 * What the gradient dh of a state is multiplied by on its way back through a step h' = h + k (c - h). All of it is known
 * before the walk, so it is computed for all steps at once; lists have a [B, ...] tensor a step. Those of the other form
 * are empty.
 */
export interface GruFactors {
  /** 1 - k: what goes straight to the state before */
  readonly kept: number[];
  /** [S * B, U] k (1 - c^2): to the sum before the candidate */
  readonly allCandidate: number;
  /** Reset gate after, [B, 3U]: to the recurrent products of k, r and the candidate */
  readonly recurrent: number[];
  /** Reset gate before: `allCandidate` by step; */
  readonly candidate: number[];
  /** (c - h) k (1 - k), to the sum before k; */
  readonly update: number[];
  /** of the gradient of r v: v r (1 - r), to the sum before r; */
  readonly reset: number[];
  /** r, to v; */
  readonly through: number[];
  /** [S * B, U]: r v. */
  readonly resetState: number;
}

const none = { recurrent: [], candidate: [], update: [], reset: [], through: [], resetState: -1 };

export function gruFactors(
  operations: Operations,
  { inputs, time, entering }: BackwardLoop,
  { resetAfter }: { resetAfter: boolean },
): GruFactors {
  const byStep = (rows: number) => splitEqually(operations, rows, 0, time);
  const [gates, kept] = operations.idsOf([inputs.gates!, inputs.kept!]);
  const before = statesBefore(operations, inputs);
  const [k, r] = splitEqually(operations, gates, 1, 2);
  const [candidates, inner] = resetAfter ? splitEqually(operations, kept, 0, 2) : [kept];
  // SigmoidGrad(y, dy) is y (1 - y) dy, TanhGrad(y, dy) is (1 - y^2) dy.
  const allCandidate = operations.run('TanhGrad', [candidates, k]);
  const update = operations.run('SigmoidGrad', [k, operations.run('Sub', [candidates, before])]);
  const openness = operations.run('Sub', [operations.floats(Float32Array.of(1), []), k]);
  const shared = { ...none, allCandidate, kept: byStep(openness) };
  if (inner !== undefined) {
    const reset = operations.run('SigmoidGrad', [r, operations.run('Mul', [allCandidate, inner])]);
    const candidate = operations.run('Mul', [allCandidate, r]);
    return { ...shared, recurrent: byStep(joinColumns(operations, [update, reset, candidate])) };
  }
  return {
    ...shared,
    candidate: byStep(allCandidate),
    update: byStep(update),
    reset: byStep(operations.run('SigmoidGrad', [r, entering])),
    through: byStep(r),
    resetState: operations.run('Mul', [r, entering]),
  };
}
