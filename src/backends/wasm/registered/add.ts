import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import { addDeferred } from './add-deferred.js';
import { parallelFloats } from './parallel-floats.js';
import { type KernelCall, runStock } from './stock.js';

/**
 * TF.js' `Add`: residual connections, and every gradient that two layers add to. Two shapes that differ and other data
 * types than float32 go to the stock kernel.
 */
export function add(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
  const plain = a.dtype === 'float32' && b.dtype === 'float32' && util.arraysEqual(a.shape, b.shape);
  const count = util.sizeFromShape(a.shape);
  if (!plain || count === 0) return runStock('Add', { a, b }, backend);
  const deferred = addDeferred(a, b, backend);
  if (deferred) return deferred;
  const { info, address } = backend.makeOutputInfo(a.shape, 'float32');
  const { runtime } = backend;
  const threads = count < parallelFloats ? 1 : runtime.threads;
  runtime.run('addElements', threads, [backend.address(a), backend.address(b), count, address]);
  return info;
}
