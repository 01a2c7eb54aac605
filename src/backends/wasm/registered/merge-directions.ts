import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type MergeAttributes, mergeModes } from '../../fused-kernels.js';
import type { WasmBackend } from '../wasm-backend.js';
import { withMaskBytes } from './mask-bytes.js';
import type { KernelCall } from './stock.js';

/** The kernel `fusedKernels.mergeDirections`: [forward, backward] [batch, time, units] and mask [batch, time] to one. */
export function mergeDirections(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { runtime } = backend;
  const { forward, backward, mask } = call.inputs as Record<string, TensorInfo>;
  const { mode, maskReversed } = call.attrs as MergeAttributes;
  const [batch, time, units] = forward.shape;
  const shape = [batch, time, mode === 'concat' ? 2 * units : units];
  const { info, address } = backend.makeOutputInfo(shape, 'float32');
  withMaskBytes(mask, backend, (bytes) => {
    runtime.run('mergeDirections', runtime.threadsFor(batch * time * units), {
      forward: backend.address(forward),
      backward: backend.address(backward),
      mask: bytes,
      batch,
      time,
      units,
      mode: mergeModes.indexOf(mode),
      maskReversed: Number(maskReversed),
      output: address,
    });
  });
  return info;
}

/** The kernel `fusedKernels.mergeDirectionsGradient`. @returns [gradient by forward, gradient by backward] */
export function mergeDirectionsGradient(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const { runtime } = backend;
  const { gradient, forward, backward, mask } = call.inputs as Record<string, TensorInfo>;
  const { mode, maskReversed } = call.attrs as MergeAttributes;
  const [batch, time, units] = forward.shape;
  const [byForward, byBackward] = [0, 1].map(() => backend.makeOutputInfo(forward.shape, 'float32'));
  withMaskBytes(mask, backend, (bytes) => {
    runtime.run('splitDirections', runtime.threadsFor(batch * time * units), {
      gradient: backend.address(gradient),
      mask: bytes,
      forward: backend.address(forward),
      backward: backend.address(backward),
      batch,
      time,
      units,
      mode: mergeModes.indexOf(mode),
      maskReversed: Number(maskReversed),
      forwardGradient: byForward.address,
      backwardGradient: byBackward.address,
    });
  });
  return [byForward.info, byBackward.info];
}
