// One step of one row of a simple recurrent layer (Elman 1990; Keras' layers/rnn/simple_rnn.py), and one step back:
//   h' = f(x W + h U + b), f being tanh or relu      d(x W) = dh' f', where f' is 1 - h'^2, or 1 if h' > 0
import { bytes } from './bytes';
import { hyperbolicTangent, one, storeEight, sumOfTwo } from './vector';

/** `input` is x W, `product` h U. */
export function simpleStep(input: usize, product: usize, bias: usize, state: usize, relu: bool, stride: i32): void {
  for (let at: usize = 0; at < bytes(stride); at += 32) {
    const next = at + 16;
    const sum0 = f32x4.add(sumOfTwo(input + at, bias + at), v128.load(product + at));
    const sum1 = f32x4.add(sumOfTwo(input + next, bias + next), v128.load(product + next));
    if (relu) storeEight(state + at, f32x4.max(sum0, f32x4.splat(0)), f32x4.max(sum1, f32x4.splat(0)));
    else storeEight(state + at, hyperbolicTangent(sum0), hyperbolicTangent(sum1));
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
