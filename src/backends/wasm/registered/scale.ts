import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

/** The kernel `fusedKernels.scale`: x * factor. */
export function scale(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { x } = call.inputs as Record<string, TensorInfo>;
  const { factor } = call.attrs as Record<string, number>;
  const count = util.sizeFromShape(x.shape);
  const { info, address } = backend.makeOutputInfo(x.shape, 'float32');
  const { runtime } = backend;
  runtime.run('scaleElements', runtime.threadsFor(count), [backend.address(x), count, factor, address]);
  return info;
}
