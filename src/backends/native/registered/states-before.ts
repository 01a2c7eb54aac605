import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { RecurrentInputs } from '../../fused-kernels.js';
import type { Operations } from '../operations.js';
import { recurrentSizes, stateOrZeros } from './recurrent-inputs.js';

/** The states before each step [S * B, U]: `first`, zeros where absent, then those after it but for the last. */
export function statesBefore(
  operations: Operations,
  inputs: RecurrentInputs,
  { states, first }: { states: TensorInfo | number; first: TensorInfo | undefined },
): number {
  const { batch, time, units } = recurrentSizes(inputs);
  const begin = stateOrZeros(operations, first, inputs);
  if (time === 1) return operations.run('Identity', [begin]);
  const [rows] = typeof states === 'number' ? [states] : operations.idsOf([states]);
  const size = operations.integers([(time - 1) * batch, units]);
  const others = operations.run('Slice', [rows, operations.integers([0, 0]), size]);
  return operations.run('ConcatV2', [begin, others, operations.integers(0)], { N: 2 });
}
