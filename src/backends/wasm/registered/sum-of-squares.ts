import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import type { KernelCall } from './stock.js';

/** The kernel `fusedKernels.sumOfSquares`: a scalar, summed in float64, with the same bits on any number of threads. */
export function sumOfSquares(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { x } = call.inputs as Record<string, TensorInfo>;
  const count = util.sizeFromShape(x.shape);
  const { runtime } = backend;
  const bytes = runtime.kernels.sumSquaresBytes(count);
  const sum = runtime.withScratch(bytes, (sums) => {
    runtime.run('sumSquares', runtime.threadsFor(count), { x: backend.address(x), count, sums });
    return new Float64Array(runtime.heap.memory.buffer, sums, bytes / 8).reduce(
      (one, other) => one + other,
      0,
    );
  });
  return backend.makeTensorInfo([], 'float32', Float32Array.of(sum));
}
