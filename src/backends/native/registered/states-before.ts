import type { RecurrentGradientInputs, RecurrentInputs } from '../../fused-kernels.js';
import type { Operations } from '../operations.js';
import { recurrentSizes, stateOrZeros } from './recurrent-inputs.js';

/** Rows from `first` on, without a copy where TensorFlow can share them. */
export function sliceRows(
  operations: Operations,
  rows: number,
  { first, count, columns }: { first: number; count: number; columns: number },
): number {
  return operations.run('Slice', [
    rows,
    operations.integers([first, 0]),
    operations.integers([count, columns]),
  ]);
}

/** The states before each step [S * B, U]: what was kept begins with the one before the first. */
export function statesBefore(operations: Operations, inputs: RecurrentGradientInputs): number {
  const { batch, time, units } = recurrentSizes(inputs);
  const [rows] = operations.idsOf([inputs.states]);
  return sliceRows(operations, rows, { first: 0, count: time * batch, columns: units });
}

/** An LSTM's cell states before each step, from those after each [S * B, U]. */
export function cellsBefore(operations: Operations, inputs: RecurrentInputs, cells: number): number {
  const { batch, time, units } = recurrentSizes(inputs);
  const begin = stateOrZeros(operations, inputs.initialCell, inputs);
  if (time === 1) return operations.run('Identity', [begin]);
  const others = sliceRows(operations, cells, { first: 0, count: (time - 1) * batch, columns: units });
  return operations.run('ConcatV2', [begin, others, operations.integers(0)], { N: 2 });
}
