import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { GoldenTensor } from '../golden/read-golden.js';

/** Expects a tensor to have the golden shape and, to within `tolerance` (absolute), the golden values. */
export function expectClose(actual: Tensor, golden: GoldenTensor, tolerance: number): void {
  expect(actual.shape).toEqual(golden.shape);
  const values = actual.dataSync();
  let worst = 0;
  for (let i = 0; i < values.length; i++) {
    // A comparison that NaN fails, too.
    const distance = Math.abs(values[i] - golden.values[i]);
    if (!(distance <= worst)) worst = distance;
  }
  expect(worst).toBeLessThanOrEqual(tolerance);
}
