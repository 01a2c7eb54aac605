import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';
import { type KernelCall, runStock } from './stock.js';

/**
 * TF.js' `Transpose`. A permutation that changes nothing shares the values: the gradient of every embedding asks for two
 * such, one of them of the size of the whole table.
 */
export function transpose(call: KernelCall): TensorInfo {
  const backend = call.backend as WasmBackend;
  const x = call.inputs.x!;
  const { perm } = call.attrs as { perm: number[] };
  if (perm.some((from, to) => from !== to)) return runStock('Transpose', { x }, backend, call.attrs);
  backend.incRef(x.dataId);
  return { dataId: x.dataId, shape: x.shape, dtype: x.dtype };
}
