// Kingma & Ba 2015, in the form of Keras' optimizers/adam.py: the bias correction is part of the rate.
import { bytes } from './bytes';
import { partStart } from './multiply';

/**
 * One step on `count` floats, in place:
 *   m += (g - m) (1 - beta1), v += (g^2 - v) (1 - beta2), p -= m rate / (sqrt(v) + epsilon)
 *
 * @param rate learning rate * sqrt(1 - beta2^t) / (1 - beta1^t), t the number of this step from 1
 */
export function adam(
  thread: i32,
  threads: i32,
  parameter: usize,
  m: usize,
  v: usize,
  gradient: usize,
  count: i32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
): void {
  const last = partStart(count, thread + 1, threads, 16);
  let i = partStart(count, thread, threads, 16);
  const oneMinusBeta1 = f32x4.splat(1 - beta1);
  const oneMinusBeta2 = f32x4.splat(1 - beta2);
  const rates = f32x4.splat(rate);
  const epsilons = f32x4.splat(epsilon);
  for (; i + 4 <= last; i += 4) {
    const at = bytes(i);
    const g = v128.load(gradient + at);
    const m0 = v128.load(m + at);
    const v0 = v128.load(v + at);
    const m1 = f32x4.add(m0, f32x4.mul(f32x4.sub(g, m0), oneMinusBeta1));
    const v1 = f32x4.add(v0, f32x4.mul(f32x4.sub(f32x4.mul(g, g), v0), oneMinusBeta2));
    v128.store(m + at, m1);
    v128.store(v + at, v1);
    const step = f32x4.div(f32x4.mul(m1, rates), f32x4.add(f32x4.sqrt(v1), epsilons));
    v128.store(parameter + at, f32x4.sub(v128.load(parameter + at), step));
  }
  for (; i < last; i++) {
    const at = bytes(i);
    const g = load<f32>(gradient + at);
    const m1 = load<f32>(m + at) + (g - load<f32>(m + at)) * (1 - beta1);
    const v1 = load<f32>(v + at) + (g * g - load<f32>(v + at)) * (1 - beta2);
    store<f32>(m + at, m1);
    store<f32>(v + at, v1);
    store<f32>(parameter + at, load<f32>(parameter + at) - (m1 * rate) / (sqrt(v1) + epsilon));
  }
}
