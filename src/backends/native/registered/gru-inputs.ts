import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { GruInputs } from '../../fused-kernels.js';
import type { NativeBackend } from '../native-backend.js';
import type { Operations } from '../operations.js';

/** Inputs of the fused GRU's gradient. */
export interface GruGradientInputs extends GruInputs {
  /** What `gru` kept. */
  states: TensorInfo;
  gates: TensorInfo;
  inner: TensorInfo;
  /** Gradient of the final state [B, U]; zeros where absent. */
  finalGradient?: TensorInfo;
  /** Gradient of the output [B, T, U]; zeros where absent. */
  outputGradient?: TensorInfo;
}

/** Sizes of a GRU's computation. */
export interface GruSizes {
  readonly batch: number;
  readonly time: number;
  readonly features: number;
  readonly units: number;
}

export function gruSizes({ x, recurrentKernel }: GruInputs): GruSizes {
  const [batch, time, features] = x.shape;
  return { batch, time, features, units: recurrentKernel.shape[0] };
}

/** So far below zero that a sigmoid is 0 in float32, whatever is added to it. */
const closed = -1e4;

/** x as rows [T * B, F], the rows of one time step together. */
export function timeMajorRows(operations: Operations, inputs: GruInputs): number {
  const { batch, time, features } = gruSizes(inputs);
  const [x] = operations.idsOf([inputs.x]);
  const transposed = operations.run('Transpose', [x, operations.integers([1, 0, 2])]);
  return operations.run('Reshape', [transposed, operations.integers([time * batch, features])]);
}

/**
 * What a mask adds to the products of the inputs, [T * B, 3U]: it closes the gate k of masked steps.
 *
 * @returns undefined where no step is masked
 */
export function maskTerm(
  operations: Operations,
  inputs: GruInputs,
  backend: NativeBackend,
): number | undefined {
  if (!inputs.mask) return undefined;
  const { batch, time, units } = gruSizes(inputs);
  const mask = backend.readSync!(inputs.mask.dataId) as ArrayLike<number>;
  const column = new Float32Array(time * batch);
  let masked = 0;
  for (let row = 0; row < batch; row++) {
    for (let t = 0; t < time; t++) {
      if (mask[row * time + t]) continue;
      column[t * batch + row] = closed;
      masked += 1;
    }
  }
  if (masked === 0) return undefined;
  const gate = Float32Array.from({ length: 3 * units }, (_, i) => Number(i < units));
  return operations.run('Mul', [
    operations.floats(column, [time * batch, 1]),
    operations.floats(gate, [1, 3 * units]),
  ]);
}

/** Time steps in the order of their computation. */
export function stepOrder(time: number, { goBackwards }: { goBackwards: boolean }): number[] {
  return Array.from({ length: time }, (_, step) => (goBackwards ? time - 1 - step : step));
}

/** Puts rows under each other. */
export function joinRows(operations: Operations, parts: readonly number[]): number {
  if (parts.length === 1) return operations.run('Identity', [parts[0]]);
  return operations.run('ConcatV2', [...parts, operations.integers(0)], { N: parts.length });
}
