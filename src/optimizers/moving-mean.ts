import { add, mul, sub, type Tensor } from '@tensorflow/tfjs-core';

/** What is remembered, moved to what is new: old * decay + value * (1 - decay). Call it inside of `tidy`. */
export function movingMean(old: Tensor, value: Tensor, decay: number): Tensor {
  return add(old, mul(sub(value, old), 1 - decay));
}
