import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { RecurrentInputs } from '../../fused-kernels.js';
import type { NativeBackend } from '../native-backend.js';
import type { Operations } from '../operations.js';

// Letters in this folder: B batch, T time, S = T steps in the order of their computation, F features, U units, G gates.

export interface RecurrentSizes {
  readonly batch: number;
  readonly time: number;
  readonly features: number;
  readonly units: number;
}

export function recurrentSizes({ x, recurrentKernel }: RecurrentInputs): RecurrentSizes {
  const [batch, time, features] = x.shape;
  return { batch, time, features, units: recurrentKernel.shape[0] };
}

/** x as [T, B, F]. */
export function timeMajor(operations: Operations, x: TensorInfo): number {
  return operations.run('Transpose', [...operations.idsOf([x]), operations.integers([1, 0, 2])]);
}

/** [T, B, N] as rows [T * B, N], or the way back for a `shape`. */
export function reshaped(operations: Operations, id: number, shape: readonly number[]): number {
  return operations.run('Reshape', [id, operations.integers(shape)]);
}

/** Puts rows under each other. */
export function joinRows(operations: Operations, parts: readonly number[]): number {
  if (parts.length === 1) return operations.run('Identity', [parts[0]]);
  return operations.run('ConcatV2', [...parts, operations.integers(0)], { N: parts.length });
}

/** Puts columns beside each other. */
export function joinColumns(operations: Operations, parts: readonly number[]): number {
  if (parts.length === 1) return operations.run('Identity', [parts[0]]);
  return operations.run('ConcatV2', [...parts, operations.integers(1)], { N: parts.length });
}

/** Cuts into equal parts, of rows or of columns. */
export function splitEqually(operations: Operations, id: number, axis: 0 | 1, count: number): number[] {
  return operations.runAll('Split', [operations.integers(axis), id], { num_split: count }, count);
}

/** Cuts columns (or a vector, with axis 0) into parts of these sizes. */
export function splitInto(
  operations: Operations,
  id: number,
  sizes: readonly number[],
  axis: 0 | 1 = 1,
): number[] {
  const inputs = [id, operations.integers(sizes), operations.integers(axis)];
  return operations.runAll('SplitV', inputs, { num_split: sizes.length }, sizes.length);
}

/** Zeros of a shape. */
export function zeros(operations: Operations, shape: readonly number[]): number {
  const size = shape.reduce((product, length) => product * length, 1);
  return operations.floats(new Float32Array(size), shape);
}

/** The id of a tensor that may be absent. */
export function idOf(operations: Operations, tensor: TensorInfo | undefined): number | undefined {
  return tensor && operations.idsOf([tensor])[0];
}

/** A state [B, U] to begin or to end with; zeros where it is absent. */
export function stateOrZeros(
  operations: Operations,
  tensor: TensorInfo | undefined,
  inputs: RecurrentInputs,
): number {
  const { batch, units } = recurrentSizes(inputs);
  return idOf(operations, tensor) ?? zeros(operations, [batch, units]);
}

/** Time steps in the order of their computation. */
export function stepOrder(time: number, { goBackwards }: { goBackwards: boolean }): number[] {
  return Array.from({ length: time }, (_, step) => (goBackwards ? time - 1 - step : step));
}

/** Where a batch is padded: [B] of 1 for padding for each time step that has any, undefined for the others. */
export type Padding = readonly (Float32Array | undefined)[];

export function paddingOf(inputs: RecurrentInputs, backend: NativeBackend): Padding {
  const { batch, time } = recurrentSizes(inputs);
  if (!inputs.mask) return new Array(time).fill(undefined);
  const mask = backend.readSync!(inputs.mask.dataId) as ArrayLike<number>;
  return Array.from({ length: time }, (_, t) => {
    const column = Float32Array.from({ length: batch }, (_, row) => Number(!mask[row * time + t]));
    return column.includes(1) ? column : undefined;
  });
}

/** The same as one column [T * B]; undefined where nothing is padded. */
export function paddingColumn(padding: Padding, batch: number): Float32Array | undefined {
  if (padding.every((column) => column === undefined)) return undefined;
  const whole = new Float32Array(padding.length * batch);
  padding.forEach((column, t) => {
    if (column) whole.set(column, t * batch);
  });
  return whole;
}
