import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { PoolingAttributes, PoolingParts } from '../../fused-kernels.js';
import type { WasmBackend } from '../wasm-backend.js';
import { withMaskBytes } from './mask-bytes.js';
import type { KernelCall } from './stock.js';

/** Where in a row of the output the last state, the maximum and the mean begin, in features; -1: not wanted. */
const places: Record<PoolingParts, { starts: [last: number, maximum: number, mean: number]; count: number }> =
  {
    mean: { starts: [-1, -1, 0], count: 1 },
    max: { starts: [-1, 0, -1], count: 1 },
    lastMaxMean: { starts: [0, 1, 2], count: 3 },
  };

/** What the kernels are told of a row of the output. */
function form(parts: PoolingParts, features: number) {
  const { starts, count } = places[parts];
  const [lastAt, maximumAt, meanAt] = starts.map((start) => (start < 0 ? -1 : start * features));
  return { lastAt, maximumAt, meanAt, width: count * features };
}

/**
 * The kernel `fusedKernels.poolSequences`: x [batch, time, features], mask [batch, time].
 *
 * @returns [pooled [batch, parts * features], step of each maximum [batch, features]]
 */
export function poolSequences(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const { runtime } = backend;
  const { x, mask } = call.inputs as { x: TensorInfo; mask?: TensorInfo };
  const { parts } = call.attrs as PoolingAttributes;
  const [batch, time, features] = x.shape;
  const pooled = backend.makeOutputInfo([batch, places[parts].count * features], 'float32');
  const steps = backend.makeOutputInfo([batch, features], 'int32');
  withMaskBytes(mask, backend, (bytes) => {
    runtime.run('poolForward', runtime.threadsFor(batch * time * features), {
      x: backend.address(x),
      mask: bytes,
      batch,
      time,
      features,
      ...form(parts, features),
      output: pooled.address,
      steps: steps.address,
    });
  });
  return [pooled.info, steps.info];
}

/** The kernel `fusedKernels.poolSequencesGradient`. @returns the gradient by x */
export function poolSequencesGradient(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { runtime } = backend;
  const { gradient, steps, mask } = call.inputs as Record<string, TensorInfo>;
  const { parts, time } = call.attrs as PoolingAttributes;
  const [batch, features] = steps.shape;
  const shape = [batch, time, features];
  const { info, address } = backend.makeOutputInfo(shape, 'float32');
  withMaskBytes(mask, backend, (bytes) => {
    runtime.run('poolBackward', runtime.threadsFor(batch * time * features), {
      gradient: backend.address(gradient),
      mask: bytes,
      steps: backend.address(steps),
      batch,
      time,
      features,
      ...form(parts, features),
      result: address,
    });
  });
  return info;
}
