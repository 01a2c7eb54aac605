import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { WasmBackend } from '../../../src/backends/wasm/wasm-backend.js';

/** Puts one byte into all of the first mebibytes that are free: 255 makes every float NaN and every integer -1. */
function fillFreeMemory(byte: number): void {
  const { heap } = (tf.backend() as WasmBackend).runtime;
  const size = 4 * 2 ** 20;
  const address = heap.allocate(size);
  new Uint8Array(heap.memory.buffer, address, size).fill(byte);
  heap.free(address);
}

/** Whatever memory held before, an operation gives the same. */
export function expectTheSame<Result>(compute: () => Result): void {
  fillFreeMemory(0);
  const clean = compute();
  expect(JSON.stringify(clean)).not.toContain('null');
  fillFreeMemory(255);
  expect(compute()).toEqual(clean);
}
