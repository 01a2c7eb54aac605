import {
  getKernel,
  type KernelFunc,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';

/** What TF.js hands to a kernel. */
export interface KernelCall {
  inputs: NamedTensorInfoMap;
  backend: unknown;
  attrs?: NamedAttrMap;
}

/** TF.js' own JavaScript kernel: for the data types and forms that ours do not cover, and for what they are made of. */
export function stockKernel(name: string): KernelFunc {
  const kernel = getKernel(name, 'cpu');
  if (!kernel) throw new Error(`TF.js' cpu backend has no kernel ${name}`);
  return kernel.kernelFunc;
}

/** Runs a stock kernel that makes one tensor. */
export function runStock(
  name: string,
  inputs: NamedTensorInfoMap,
  backend: WasmBackend,
  attrs: NamedAttrMap = {},
): TensorInfo {
  return stockKernel(name)({ inputs, backend, attrs }) as TensorInfo;
}
