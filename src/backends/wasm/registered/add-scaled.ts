import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import { fusedKernels } from '../../fused-kernels.js';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

/**
 * The kernel `fusedKernels.addScaled`: a + b * factor, of tensors of one shape; in place on a, and without an output, where
 * the attribute `inPlace` says so.
 */
export function addScaled(call: KernelCall): TensorInfo | TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const { a, b } = call.inputs as Record<string, TensorInfo>;
  const { factor, inPlace } = call.attrs as { factor: number; inPlace: boolean };
  util.assertShapesMatch(a.shape, b.shape, `${fusedKernels.addScaled}: `);
  const count = util.sizeFromShape(a.shape);
  const operands = [backend.address(a), backend.address(b), count, factor];
  const { runtime } = backend;
  const run = (output: number) =>
    runtime.run('addScaledElements', runtime.threadsFor(count), [...operands, output]);
  if (inPlace) {
    backend.markChanged(a);
    run(operands[0]);
    return [];
  }
  const { info, address } = backend.makeOutputInfo(a.shape, 'float32');
  run(address);
  return info;
}
