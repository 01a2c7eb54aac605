import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

/** The kernel `fusedKernels.limitNorms`: columns of the weights [..., columns] have at most the norm `limit`, in place. */
export function limitNorms(call: KernelCall): TensorInfo[] {
  const backend = call.backend as WasmBackend;
  const { weights } = call.inputs as Record<string, TensorInfo>;
  const { limit } = call.attrs as Record<string, number>;
  const count = util.sizeFromShape(weights.shape);
  const columns = weights.shape[weights.shape.length - 1];
  if (count === 0) return [];
  backend.markChanged(weights);
  const { runtime } = backend;
  runtime.withScratch(4 * columns, (factors) => {
    runtime.run('limitColumns', runtime.threadsFor(count), {
      weights: backend.address(weights),
      rows: count / columns,
      columns,
      limit,
      factors,
    });
  });
  return [];
}
