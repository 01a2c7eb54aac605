// One step of one row of a GRU; the formulas stand in gru.ts. Gates of a row lie side by side, each `stride` floats.
import { bytes } from './bytes';
import { hyperbolicTangent, multiplyAdd, one, sigmoid } from './vector';

/** One row, one step; `input` is x W; `gate` receives z, r, c. */
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
  for (let at: usize = 0; at < r; at += 16) {
    const zSum = f32x4.add(f32x4.add(v128.load(input + at), v128.load(bias + at)), f32x4.add(v128.load(product + at), v128.load(secondBias + at)));
    const rSum = f32x4.add(f32x4.add(v128.load(input + r + at), v128.load(bias + r + at)), f32x4.add(v128.load(product + r + at), v128.load(secondBias + r + at)));
    const z = sigmoid(zSum);
    const reset = sigmoid(rSum);
    const recurrent = f32x4.add(v128.load(product + c + at), v128.load(secondBias + c + at));
    const xSum = f32x4.add(v128.load(input + c + at), v128.load(bias + c + at));
    const candidate = hyperbolicTangent(multiplyAdd(xSum, reset, recurrent));
    const h = v128.load(previous + at);
    v128.store(state + at, multiplyAdd(f32x4.mul(z, h), f32x4.sub(one(), z), candidate));
    if (inner) {
      v128.store(gate + at, z);
      v128.store(gate + r + at, reset);
      v128.store(gate + c + at, candidate);
      v128.store(inner + at, recurrent);
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
  for (let at: usize = 0; at < r; at += 16) {
    const z = sigmoid(f32x4.add(f32x4.add(v128.load(input + at), v128.load(bias + at)), v128.load(product + at)));
    const reset = sigmoid(f32x4.add(f32x4.add(v128.load(input + r + at), v128.load(bias + r + at)), v128.load(product + r + at)));
    v128.store(gate + at, z);
    v128.store(gate + r + at, reset);
    v128.store(inner + at, f32x4.mul(reset, v128.load(previous + at)));
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
  for (let at: usize = 0; at < bytes(stride); at += 16) {
    const z = v128.load(gate + at);
    const sum = f32x4.add(v128.load(input + c + at), v128.load(bias + c + at));
    const candidate = hyperbolicTangent(f32x4.add(sum, v128.load(product + at)));
    v128.store(gate + c + at, candidate);
    const h = v128.load(previous + at);
    v128.store(state + at, multiplyAdd(f32x4.mul(z, h), f32x4.sub(one(), z), candidate));
  }
}
