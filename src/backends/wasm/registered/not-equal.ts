import type { TensorInfo } from '@tensorflow/tfjs-core';
import { util } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import { type KernelCall, runStock } from './stock.js';

/** TF.js' `NotEqual`: an embedding compares its ids with zeros for its mask at every step, and the stock kernel is slow. */
export function notEqual(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
  const plain = a.dtype === 'int32' && b.dtype === 'int32' && util.arraysEqual(a.shape, b.shape);
  if (!plain) return runStock('NotEqual', { a, b }, backend);
  const [one, other] = [a, b].map(({ dataId }) => backend.data.get(dataId).values as Int32Array);
  const result = new Uint8Array(one.length);
  for (let i = 0; i < one.length; i++) result[i] = one[i] === other[i] ? 0 : 1;
  return backend.makeTensorInfo(a.shape, 'bool', result);
}
