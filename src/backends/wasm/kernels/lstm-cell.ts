// One step of one row of an LSTM (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000; Keras'
// layers/rnn/lstm.py), and one step back:
//   i = sigmoid(...), f = sigmoid(...), g = tanh(...), o = sigmoid(...)    of x W + h U + b
//   c' = f * c + i * g                h' = o * tanh(c')
//   do = dh tanh(c') o (1 - o)        dc' = dc from later steps + dh o (1 - tanh(c')^2)
//   di = dc' g i (1 - i)   df = dc' c f (1 - f)   dg = dc' i (1 - g^2)   dc = dc' f
// Gates of a row lie side by side in the order i, f, g, o, each `stride` floats.
import { bytes } from './bytes';
import { hyperbolicTangent, multiplyAdd, one, sigmoid, storeEight, sumOfTwo } from './vector';

/** x W + b + h U */
// @ts-ignore: decorator
@inline
function sumOfThree(input: usize, bias: usize, product: usize): v128 {
  return f32x4.add(sumOfTwo(input, bias), v128.load(product));
}

/**
 * `input` is x W; `product` is h U, and receives the gates; `cell` is c, in and out. `gate` and `kept` receive the gates and
 * c'; 0 where nothing is kept.
 */
export function lstmStep(
  input: usize,
  product: usize,
  bias: usize,
  cell: usize,
  state: usize,
  gate: usize,
  kept: usize,
  stride: i32,
): void {
  const f = bytes(stride);
  const g = f + f;
  const o = g + f;
  const gates = kept ? gate : product;
  for (let at: usize = 0; at < g; at += 32) {
    const next = at + 16;
    const low = sigmoid(sumOfThree(input + at, bias + at, product + at));
    const high = sigmoid(sumOfThree(input + next, bias + next, product + next));
    storeEight(gates + at, low, high);
  }
  for (let at = g; at < o; at += 32) {
    const next = at + 16;
    const low = hyperbolicTangent(sumOfThree(input + at, bias + at, product + at));
    const high = hyperbolicTangent(sumOfThree(input + next, bias + next, product + next));
    storeEight(gates + at, low, high);
  }
  for (let at: usize = 0; at < f; at += 32) {
    const next = at + 16;
    const o0 = sigmoid(sumOfThree(input + o + at, bias + o + at, product + o + at));
    const o1 = sigmoid(sumOfThree(input + o + next, bias + o + next, product + o + next));
    const kept0 = f32x4.mul(v128.load(gates + f + at), v128.load(cell + at));
    const kept1 = f32x4.mul(v128.load(gates + f + next), v128.load(cell + next));
    const c0 = multiplyAdd(kept0, v128.load(gates + at), v128.load(gates + g + at));
    const c1 = multiplyAdd(kept1, v128.load(gates + next), v128.load(gates + g + next));
    const state0 = f32x4.mul(o0, hyperbolicTangent(c0));
    const state1 = f32x4.mul(o1, hyperbolicTangent(c1));
    storeEight(cell + at, c0, c1);
    storeEight(state + at, state0, state1);
    if (kept) {
      storeEight(gate + o + at, o0, o1);
      storeEight(kept + at, c0, c1);
    }
  }
}

/** c' anew, from what a step has kept, to the bits that `lstmStep` made of it. */
export function lstmCellState(gate: usize, previousCell: usize, target: usize, stride: i32): void {
  const f = bytes(stride);
  const g = f + f;
  for (let at: usize = 0; at < f; at += 16) {
    const kept = f32x4.mul(v128.load(gate + f + at), v128.load(previousCell + at));
    v128.store(target + at, multiplyAdd(kept, v128.load(gate + at), v128.load(gate + g + at)));
  }
}

/** x y f (1 - y): the gradient before a sigmoid whose value is y, `xy` being x y. */
// @ts-ignore: decorator
@inline
function beforeSigmoid(xy: v128, factor: v128, y: v128): v128 {
  return f32x4.mul(f32x4.mul(xy, factor), f32x4.sub(one(), y));
}

/** 1 - y^2: the slope of a tanh whose value is y. */
// @ts-ignore: decorator
@inline
function slopeOfTangent(y: v128): v128 {
  return f32x4.sub(one(), f32x4.mul(y, y));
}

/**
 * `cell` is c', `previousCell` c; dh is `carry` + `stateGradient`; `cellCarry` holds what later steps pass on to c', and
 * receives what this one passes on to c.
 */
export function lstmGradient(
  gate: usize,
  cell: usize,
  previousCell: usize,
  carry: usize,
  cellCarry: usize,
  stateGradient: usize,
  inputGate: usize,
  stride: i32,
): void {
  const f = bytes(stride);
  const g = f + f;
  const o = g + f;
  for (let at: usize = 0; at < f; at += 32) {
    const next = at + 16;
    // tanh anew, from the same c' to the same bits: keeping it would cost as much time, and memory.
    const t0 = hyperbolicTangent(v128.load(cell + at));
    const t1 = hyperbolicTangent(v128.load(cell + next));
    const o0 = v128.load(gate + o + at);
    const o1 = v128.load(gate + o + next);
    const dho0 = f32x4.mul(sumOfTwo(carry + at, stateGradient + at), o0);
    const dho1 = f32x4.mul(sumOfTwo(carry + next, stateGradient + next), o1);
    const dc0 = multiplyAdd(v128.load(cellCarry + at), dho0, slopeOfTangent(t0));
    const dc1 = multiplyAdd(v128.load(cellCarry + next), dho1, slopeOfTangent(t1));
    storeEight(inputGate + o + at, beforeSigmoid(dho0, t0, o0), beforeSigmoid(dho1, t1, o1));
    storeEight(cellCarry + at, dc0, dc1);
  }
  for (let at: usize = 0; at < f; at += 32) {
    const next = at + 16;
    const i0 = v128.load(gate + at);
    const i1 = v128.load(gate + next);
    const f0 = v128.load(gate + f + at);
    const f1 = v128.load(gate + f + next);
    const g0 = v128.load(gate + g + at);
    const g1 = v128.load(gate + g + next);
    const dc0 = v128.load(cellCarry + at);
    const dc1 = v128.load(cellCarry + next);
    const dci0 = f32x4.mul(dc0, i0);
    const dci1 = f32x4.mul(dc1, i1);
    const dcf0 = f32x4.mul(dc0, f0);
    const dcf1 = f32x4.mul(dc1, f1);
    const df0 = beforeSigmoid(dcf0, v128.load(previousCell + at), f0);
    const df1 = beforeSigmoid(dcf1, v128.load(previousCell + next), f1);
    storeEight(cellCarry + at, dcf0, dcf1);
    storeEight(inputGate + at, beforeSigmoid(dci0, g0, i0), beforeSigmoid(dci1, g1, i1));
    storeEight(inputGate + f + at, df0, df1);
    storeEight(inputGate + g + at, f32x4.mul(dci0, slopeOfTangent(g0)), f32x4.mul(dci1, slopeOfTangent(g1)));
  }
}
