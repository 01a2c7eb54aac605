import {
  add,
  clipByValue,
  engine,
  getBackend,
  getKernel,
  mul,
  square,
  sum,
  type Tensor,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import { changeInPlace } from './change-in-place.js';

// Arithmetic on gradients and weights, of float32: one pass over the memory where the backend has the kernel.

/** x * factor. */
export function scaled(x: Tensor, factor: number): Tensor {
  return fused(fusedKernels.scale, { x }, { factor }) ?? mul(x, factor);
}

/** x with what is beyond -limit and limit put there; NaN stays NaN. */
export function clipped(x: Tensor, limit: number): Tensor {
  return fused(fusedKernels.clip, { x }, { limit }) ?? clipByValue(x, -limit, limit);
}

/** a + b * factor, of one shape. */
export function plusScaled(a: Tensor, b: Tensor, factor: number): Tensor {
  const made = fused(fusedKernels.addScaled, { a, b }, { factor, inPlace: false });
  return made ?? tidy(() => add(a, mul(b, factor)));
}

/** target += b * factor, of one shape. */
export function addScaled(target: Variable, b: Tensor, factor: number): void {
  const attributes = { factor, inPlace: true };
  if (changeInPlace(fusedKernels.addScaled, { changed: { a: target }, read: { b }, attributes })) return;
  tidy(() => {
    target.assign(add(target, mul(b, factor)) as Variable);
  });
}

/** The sum of the squares of all elements, a scalar. */
export function sumOfSquares(x: Tensor): Tensor {
  return fused(fusedKernels.sumOfSquares, { x }, {}) ?? tidy(() => sum(square(x)));
}

function fused(
  name: string,
  inputs: Record<string, Tensor>,
  attributes: Record<string, number | boolean>,
): Tensor | undefined {
  return getKernel(name, getBackend()) && (engine().runKernel(name, inputs, attributes) as Tensor);
}
