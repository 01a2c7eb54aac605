// Kingma & Ba 2015, in the form of Keras' optimizers/adam.py: the bias correction is part of the rate. With the decoupled
// decay of Loshchilov & Hutter 2019 it is AdamW.
import { bytes } from './bytes';
import { partStart } from './multiply';
import { AdamOperands, AdamWOperands } from './operands';

/**
 * One step on `count` floats, in place:
 *   m += (g - m) (1 - beta1), v += (g^2 - v) (1 - beta2), p -= m rate / (sqrt(v) + epsilon)
 *
 * Operands:
 *   rate: learning rate * sqrt(1 - beta2^t) / (1 - beta1^t), t the number of this step from 1
 */
export function adam(thread: i32, threads: i32, operands: AdamOperands): void {
  update(
    thread, threads, operands.parameter, operands.m, operands.v, operands.gradient, operands.count,
    operands.rate, 1 - operands.beta1, 1 - operands.beta2, operands.epsilon, false, 0,
  );
}

/**
 * The same after p -= p decay.
 *
 * Operands:
 *   share1, share2: 1 - beta1 and 1 - beta2, rounded once
 *   decay: learning rate * weight decay
 */
export function adamW(thread: i32, threads: i32, operands: AdamWOperands): void {
  update(
    thread, threads, operands.parameter, operands.m, operands.v, operands.gradient, operands.count,
    operands.rate, operands.share1, operands.share2, operands.epsilon, true, operands.decay,
  );
}

/** Inlined with a constant for `decays`, which leaves no branch in the loop. */
// @ts-ignore: decorator
@inline
function update(
  thread: i32,
  threads: i32,
  parameter: usize,
  m: usize,
  v: usize,
  gradient: usize,
  count: i32,
  rate: f32,
  share1: f32,
  share2: f32,
  epsilon: f32,
  decays: bool,
  decay: f32,
): void {
  const last = partStart(count, thread + 1, threads, 16);
  let i = partStart(count, thread, threads, 16);
  const shares1 = f32x4.splat(share1);
  const shares2 = f32x4.splat(share2);
  const rates = f32x4.splat(rate);
  const epsilons = f32x4.splat(epsilon);
  const decayed = f32x4.splat(decay);
  for (; i + 4 <= last; i += 4) {
    const at = bytes(i);
    const g = v128.load(gradient + at);
    const m0 = v128.load(m + at);
    const v0 = v128.load(v + at);
    const m1 = f32x4.add(m0, f32x4.mul(f32x4.sub(g, m0), shares1));
    const v1 = f32x4.add(v0, f32x4.mul(f32x4.sub(f32x4.mul(g, g), v0), shares2));
    v128.store(m + at, m1);
    v128.store(v + at, v1);
    const step = f32x4.div(f32x4.mul(m1, rates), f32x4.add(f32x4.sqrt(v1), epsilons));
    let p = v128.load(parameter + at);
    if (decays) p = f32x4.sub(p, f32x4.mul(p, decayed));
    v128.store(parameter + at, f32x4.sub(p, step));
  }
  for (; i < last; i++) {
    const at = bytes(i);
    const g = load<f32>(gradient + at);
    const m1 = load<f32>(m + at) + (g - load<f32>(m + at)) * share1;
    const v1 = load<f32>(v + at) + (g * g - load<f32>(v + at)) * share2;
    store<f32>(m + at, m1);
    store<f32>(v + at, v1);
    let p = load<f32>(parameter + at);
    if (decays) p -= p * decay;
    store<f32>(parameter + at, p - (m1 * rate) / (sqrt(v1) + epsilon));
  }
}
