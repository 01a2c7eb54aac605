// One step of one row of a GRU; the formulas stand in recurrent.ts. Gates of a row lie side by side, each `stride` floats.
import { bytes } from './bytes';
import { hyperbolicTangent, multiplyAdd, one, sigmoid, storeEight, sumOfTwo } from './vector';

/** z h + (1 - z) c */
// @ts-ignore: decorator
@inline
function newState(z: v128, previous: usize, candidate: v128): v128 {
  return multiplyAdd(f32x4.mul(z, v128.load(previous)), f32x4.sub(one(), z), candidate);
}

/** One row, one step; `input` is x W; `gate` receives z, r, c and `inner` h Uh + ch, where that is asked for. */
export function resetAfterStep(
  input: usize,
  gate: usize,
  product: usize,
  bias: usize,
  previous: usize,
  state: usize,
  inner: usize,
  stride: i32,
): void {
  const r = bytes(stride);
  const c = r + r;
  const secondBias = bias + 3 * r;
  const gates = inner ? gate : product;
  for (let at: usize = 0; at < c; at += 32) {
    const next = at + 16;
    const low = sigmoid(f32x4.add(sumOfTwo(input + at, bias + at), sumOfTwo(product + at, secondBias + at)));
    const high = sigmoid(f32x4.add(sumOfTwo(input + next, bias + next), sumOfTwo(product + next, secondBias + next)));
    storeEight(gates + at, low, high);
  }
  for (let at: usize = 0; at < r; at += 32) {
    const next = at + 16;
    const inner0 = sumOfTwo(product + c + at, secondBias + c + at);
    const inner1 = sumOfTwo(product + c + next, secondBias + c + next);
    const sum0 = multiplyAdd(sumOfTwo(input + c + at, bias + c + at), v128.load(gates + r + at), inner0);
    const sum1 = multiplyAdd(sumOfTwo(input + c + next, bias + c + next), v128.load(gates + r + next), inner1);
    const candidate0 = hyperbolicTangent(sum0);
    const candidate1 = hyperbolicTangent(sum1);
    const state0 = newState(v128.load(gates + at), previous + at, candidate0);
    const state1 = newState(v128.load(gates + next), previous + next, candidate1);
    storeEight(state + at, state0, state1);
    if (inner) {
      storeEight(gate + c + at, candidate0, candidate1);
      storeEight(inner + at, inner0, inner1);
    }
  }
}

/** z, r, and r * h of one row. */
export function resetBeforeGates(
  input: usize,
  gate: usize,
  product: usize,
  bias: usize,
  previous: usize,
  inner: usize,
  stride: i32,
): void {
  const r = bytes(stride);
  for (let at: usize = 0; at < 2 * r; at += 32) {
    const next = at + 16;
    const low = sigmoid(f32x4.add(sumOfTwo(input + at, bias + at), v128.load(product + at)));
    const high = sigmoid(f32x4.add(sumOfTwo(input + next, bias + next), v128.load(product + next)));
    storeEight(gate + at, low, high);
  }
  for (let at: usize = 0; at < r; at += 32) {
    const low = f32x4.mul(v128.load(gate + r + at), v128.load(previous + at));
    const high = f32x4.mul(v128.load(gate + r + at, 16), v128.load(previous + at, 16));
    storeEight(inner + at, low, high);
  }
}

/** c and the new state of one row; `product` is (r * h) Uh. */
export function resetBeforeState(
  input: usize,
  gate: usize,
  product: usize,
  bias: usize,
  previous: usize,
  state: usize,
  stride: i32,
): void {
  const c = bytes(2 * stride);
  for (let at: usize = 0; at < bytes(stride); at += 32) {
    const next = at + 16;
    const candidate0 = hyperbolicTangent(f32x4.add(sumOfTwo(input + c + at, bias + c + at), v128.load(product + at)));
    const candidate1 = hyperbolicTangent(f32x4.add(sumOfTwo(input + c + next, bias + c + next), v128.load(product + next)));
    const state0 = newState(v128.load(gate + at), previous + at, candidate0);
    const state1 = newState(v128.load(gate + next), previous + next, candidate1);
    storeEight(gate + c + at, candidate0, candidate1);
    storeEight(state + at, state0, state1);
  }
}
