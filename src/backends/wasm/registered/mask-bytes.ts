import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';

/**
 * Hands a mask to kernels, which read it as bytes.
 *
 * @param mask of any data type, not zero where a step counts; absent: every step does
 * @param use gets the address of the bytes, or 0 where there is no mask; it is good for as long as `use` runs
 */
export function withMaskBytes<Result>(
  mask: TensorInfo | undefined,
  backend: WasmBackend,
  use: (address: number) => Result,
): Result {
  if (!mask) return use(0);
  if (mask.dtype === 'bool') return use(backend.address(mask));
  const values = backend.data.get(mask.dataId).values as Int32Array | Float32Array;
  return backend.runtime.withScratch(values.length, (address) => {
    const bytes = new Uint8Array(backend.runtime.heap.memory.buffer, address, values.length);
    for (let i = 0; i < values.length; i++) bytes[i] = Number(values[i] !== 0);
    return use(address);
  });
}
