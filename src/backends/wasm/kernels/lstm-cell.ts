// One step of one row of an LSTM (Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000; Keras'
// layers/rnn/lstm.py), and one step back:
//   i = sigmoid(...), f = sigmoid(...), g = tanh(...), o = sigmoid(...)    of x W + h U + b
//   c' = f * c + i * g                h' = o * tanh(c')
//   do = dh tanh(c') o (1 - o)        dc' = dc from later steps + dh o (1 - tanh(c')^2)
//   di = dc' g i (1 - i)   df = dc' c f (1 - f)   dg = dc' i (1 - g^2)   dc = dc' f
// Gates of a row lie side by side in the order i, f, g, o, each `stride` floats.
import { bytes } from './bytes';
import { hyperbolicTangent, multiplyAdd, one, sigmoid } from './vector';

/** `input` is x W, `product` h U; `cell` is c, in and out. `gate` and `kept` receive the gates and c'; 0 where nothing is kept. */
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
  for (let at: usize = 0; at < f; at += 16) {
    const i0 = sigmoid(f32x4.add(f32x4.add(v128.load(input + at), v128.load(bias + at)), v128.load(product + at)));
    const f0 = sigmoid(f32x4.add(f32x4.add(v128.load(input + f + at), v128.load(bias + f + at)), v128.load(product + f + at)));
    const g0 = hyperbolicTangent(f32x4.add(f32x4.add(v128.load(input + g + at), v128.load(bias + g + at)), v128.load(product + g + at)));
    const o0 = sigmoid(f32x4.add(f32x4.add(v128.load(input + o + at), v128.load(bias + o + at)), v128.load(product + o + at)));
    const c = multiplyAdd(f32x4.mul(f0, v128.load(cell + at)), i0, g0);
    v128.store(cell + at, c);
    v128.store(state + at, f32x4.mul(o0, hyperbolicTangent(c)));
    if (kept) {
      v128.store(gate + at, i0);
      v128.store(gate + f + at, f0);
      v128.store(gate + g + at, g0);
      v128.store(gate + o + at, o0);
      v128.store(kept + at, c);
    }
  }
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
  for (let at: usize = 0; at < f; at += 16) {
    // tanh anew, from the same c' to the same bits: keeping it would cost as much time, and memory.
    const t = hyperbolicTangent(v128.load(cell + at));
    const i0 = v128.load(gate + at);
    const f0 = v128.load(gate + f + at);
    const g0 = v128.load(gate + g + at);
    const o0 = v128.load(gate + o + at);
    const dh = f32x4.add(v128.load(carry + at), v128.load(stateGradient + at));
    const dho = f32x4.mul(dh, o0);
    v128.store(inputGate + o + at, f32x4.mul(f32x4.mul(dho, t), f32x4.sub(one(), o0)));
    const dc = multiplyAdd(v128.load(cellCarry + at), dho, f32x4.sub(one(), f32x4.mul(t, t)));
    const dci = f32x4.mul(dc, i0);
    const dcf = f32x4.mul(dc, f0);
    v128.store(cellCarry + at, dcf);
    v128.store(inputGate + at, f32x4.mul(f32x4.mul(dci, g0), f32x4.sub(one(), i0)));
    v128.store(inputGate + f + at, f32x4.mul(f32x4.mul(dcf, v128.load(previousCell + at)), f32x4.sub(one(), f0)));
    v128.store(inputGate + g + at, f32x4.mul(dci, f32x4.sub(one(), f32x4.mul(g0, g0))));
  }
}
