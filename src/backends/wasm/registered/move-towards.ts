import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../../fused-kernels.js';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

/** The kernel `fusedKernels.moveTowards`: target += (value - target) * share, in place. */
export function moveTowards(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const { target, value } = call.inputs as Record<string, TensorInfo>;
  const { share } = call.attrs as Record<string, number>;
  util.assertShapesMatch(target.shape, value.shape, `${fusedKernels.moveTowards}: `);
  backend.markChanged(target);
  const count = util.sizeFromShape(target.shape);
  const { runtime } = backend;
  const operands = [backend.address(target), backend.address(value), count, share];
  runtime.run('moveElements', runtime.threadsFor(count), operands);
  return [];
}
