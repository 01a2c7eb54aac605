import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

/** The kernel `fusedKernels.clip`: x between -limit and limit. */
export function clip(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { x } = call.inputs as Record<string, TensorInfo>;
  const { limit } = call.attrs as Record<string, number>;
  const count = util.sizeFromShape(x.shape);
  const { info, address } = backend.makeOutputInfo(x.shape, 'float32');
  const { runtime } = backend;
  runtime.run('clipElements', runtime.threadsFor(count), [backend.address(x), count, limit, address]);
  return info;
}
