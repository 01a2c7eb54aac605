import { type Tensor3D, tensor3d } from '@tensorflow/tfjs-core';
import type { Random } from '../random/random.js';
import { ownRandom } from './dropout-mask.js';

/**
 * Which units keep their former value at which step: 1 with probability `rate`, else 0. What is drawn is how far it is from one 1
 * to the next, which is geometric: a share `rate` of the numbers that one draw for each element would take.
 *
 * @param shape [batch, time, units]
 * @param options `rate` in (0, 1); `random` as in `dropoutMask`
 */
export function zoneoutMask(
  shape: [batch: number, time: number, units: number],
  options: { rate: number; random?: Random },
): Tensor3D {
  const { rate, random = ownRandom } = options;
  const values = new Float32Array(shape[0] * shape[1] * shape[2]);
  const scale = 1 / Math.log1p(-rate);
  // 1 - next() is in (0, 1], so the distance is finite: at least 0 elements are passed over.
  const distance = () => Math.floor(Math.log(1 - random.next()) * scale);
  for (let i = distance(); i < values.length; i += 1 + distance()) values[i] = 1;
  return tensor3d(values, shape);
}
