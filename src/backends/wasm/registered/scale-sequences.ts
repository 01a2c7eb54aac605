import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

/** The kernel `fusedKernels.scaleSequences`: x [batch, time, features] times scale [batch, features]. */
export function scaleSequences(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { x, scale } = call.inputs as { x: TensorInfo; scale: TensorInfo };
  const [batch, time, features] = x.shape;
  const { info, address } = backend.makeOutputInfo(x.shape, 'float32');
  const { runtime } = backend;
  runtime.run('scaleSequences', runtime.threadsFor(batch * time * features), {
    x: backend.address(x),
    scale: backend.address(scale),
    batch,
    time,
    features,
    output: address,
  });
  return info;
}
