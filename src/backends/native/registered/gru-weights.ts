import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { GruInputs } from '../../fused-kernels.js';
import type { Operations } from '../operations.js';

// Letters in this folder: B batch, T time, S = T steps in the order of their computation, F features, U units.

/**
 * Weights in the form that the loop over time wants. The update gate z is replaced by k = 1 - z = sigmoid(-a), so that
 * a step is h + k (c - h), and k = 0, the mark of a masked step, keeps the state to the last bit; its columns are negated.
 */
export interface GruWeights {
  /** [F, 3U] */
  readonly kernel: number;
  /** [U, 2U] of k and r, and [U, U] of the candidate */
  readonly recurrentGates: number;
  readonly recurrentCandidate: number;
  /** [U, 3U]; only where `resetAfter` */
  readonly recurrent: number;
  /** [3U], what is added to the products of the inputs; undefined without a bias */
  readonly inputBias: number | undefined;
  /** [U], of the candidate's recurrent product, where `resetAfter` */
  readonly candidateBias: number | undefined;
  /** [3U] of -1 for k and 1 for the others */
  readonly signs: number;
}

/** -1 for the columns of k, 1 for those of r and the candidate. */
export function gateSigns(units: number): Float32Array {
  return Float32Array.from({ length: 3 * units }, (_, column) => (column < units ? -1 : 1));
}

export function gruWeights(
  operations: Operations,
  inputs: GruInputs,
  { resetAfter }: { resetAfter: boolean },
): GruWeights {
  const units = inputs.recurrentKernel.shape[0];
  const signs = operations.floats(gateSigns(units), [3 * units]);
  const signed = (tensor: TensorInfo) => operations.run('Mul', [...operations.idsOf([tensor]), signs]);
  const recurrent = signed(inputs.recurrentKernel);
  const sizes = operations.integers([2 * units, units]);
  const [recurrentGates, recurrentCandidate] = operations.runAll(
    'SplitV',
    [recurrent, sizes, operations.integers(1)],
    { num_split: 2 },
    2,
  );
  const weights = { kernel: signed(inputs.kernel), recurrent, recurrentGates, recurrentCandidate, signs };
  if (!inputs.bias) return { ...weights, inputBias: undefined, candidateBias: undefined };
  const bias = signed(inputs.bias);
  if (!resetAfter) return { ...weights, inputBias: bias, candidateBias: undefined };
  // Of the recurrent row only the candidate's part stays inside of the loop: there r is in the way.
  const [inputRow, recurrentRow] = operations.runAll('Unpack', [bias], { num: 2, axis: 0 }, 2);
  const [gatesBias, candidateBias] = operations.runAll(
    'SplitV',
    [recurrentRow, sizes, operations.integers(0)],
    { num_split: 2 },
    2,
  );
  const padded = operations.run('ConcatV2', [gatesBias, zeros(operations, [units]), operations.integers(0)], {
    N: 2,
  });
  return { ...weights, inputBias: operations.run('AddV2', [inputRow, padded]), candidateBias };
}

/** Zeros of a shape. */
export function zeros(operations: Operations, shape: readonly number[]): number {
  const size = shape.reduce((product, length) => product * length, 1);
  return operations.floats(new Float32Array(size), shape);
}
