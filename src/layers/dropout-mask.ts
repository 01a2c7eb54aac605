import { type Tensor2D, tensor2d } from '@tensorflow/tfjs-core';
import { Random } from '../random/random.js';

/** For models that are trained by TF.js' own `fit`, which passes no generator on. */
export const ownRandom = new Random('dropout');

/**
 * What a layer multiplies with to drop a share of its features: 0 with probability `rate`, else 1 / (1 - rate), so that
 * the expected product stays the same (Srivastava et al. 2014, in the inverted form that Keras has).
 *
 * @param shape [batch, features]
 * @param options `rate` in [0, 1); `random` is `kwargs.random` of a layer's call, default: a generator of this module
 *   that starts anew with each process
 */
export function dropoutMask(
  shape: [batch: number, features: number],
  options: { rate: number; random?: Random },
): Tensor2D {
  const { rate, random = ownRandom } = options;
  const values = new Float32Array(shape[0] * shape[1]);
  const kept = 1 / (1 - rate);
  for (let i = 0; i < values.length; i++) if (random.next() >= rate) values[i] = kept;
  return tensor2d(values, shape);
}
