// One step of one row of a simple recurrent layer (Elman 1990; Keras' layers/rnn/simple_rnn.py), and one step back:
//   h' = f(x W + h U + b), f being tanh or relu      d(x W) = dh' f', where f' is 1 - h'^2, or 1 if h' > 0
import { bytes } from './bytes';
import { hyperbolicTangent, one, storeEight, sumOfTwo } from './vector';

// @ts-ignore: decorator
@inline
function activate(sum: v128, relu: bool): v128 {
  return relu ? f32x4.max(sum, f32x4.splat(0)) : hyperbolicTangent(sum);
}

/** `input` is x W, `product` h U. */
export function simpleStep(input: usize, product: usize, bias: usize, state: usize, relu: bool, stride: i32): void {
  for (let at: usize = 0; at < bytes(stride); at += 32) {
    const next = at + 16;
    const sum0 = f32x4.add(sumOfTwo(input + at, bias + at), v128.load(product + at));
    const sum1 = f32x4.add(sumOfTwo(input + next, bias + next), v128.load(product + next));
    if (relu) storeEight(state + at, activate(sum0, true), activate(sum1, true));
    else storeEight(state + at, activate(sum0, false), activate(sum1, false));
  }
}

/** `state` is h'; dh' is `carry` + `stateGradient`. */
export function simpleGradient(state: usize, carry: usize, stateGradient: usize, inputGate: usize, relu: bool, stride: i32): void {
  for (let at: usize = 0; at < bytes(stride); at += 16) {
    const h = v128.load(state + at);
    const dh = sumOfTwo(carry + at, stateGradient + at);
    const d = relu
      ? v128.and(dh, f32x4.gt(h, f32x4.splat(0)))
      : f32x4.mul(dh, f32x4.sub(one(), f32x4.mul(h, h)));
    v128.store(inputGate + at, d);
  }
}
