import {
  div,
  lessEqual,
  mul,
  onesLike,
  sqrt,
  square,
  sum,
  tidy,
  type Variable,
  where,
} from '@tensorflow/tfjs-core';
import { fusedKernels } from '../backends/fused-kernels.js';
import { changeInPlace } from './change-in-place.js';

/**
 * Scales the incoming weights of each unit down to a norm (Srebro & Shraibman 2005), Keras' `MaxNorm` over all axes but the
 * last; units below the limit keep their weights to the last bit, where Keras divides by norm + 1e-7 / norm.
 *
 * @param kernel [..., units], changed in place
 * @param limit above 0
 */
export function limitNorms(kernel: Variable, limit: number): void {
  const isFused = changeInPlace(fusedKernels.limitNorms, {
    changed: { weights: kernel },
    attributes: { limit },
  });
  if (isFused) return;
  tidy(() => {
    const incoming = kernel.shape.map((_, axis) => axis).slice(0, -1);
    const norms = sqrt(sum(square(kernel), incoming, true));
    const factors = where(lessEqual(norms, limit), onesLike(norms), div(limit, norms));
    kernel.assign(mul(kernel, factors) as Variable);
  });
}
