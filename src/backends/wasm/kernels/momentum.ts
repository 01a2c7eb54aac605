// Descent with momentum, in the form of Keras' optimizers/sgd.py.
import { bytes } from './bytes';
import { partStart } from './multiply';
import { MomentumStepOperands } from './operands';

/**
 * One step on `count` floats, in place:
 *   v = v momentum - g rate, p += v; with Nesterov's look ahead p += v momentum - g rate instead
 */
export function momentumStep(thread: i32, threads: i32, operands: MomentumStepOperands): void {
  const parameter = operands.parameter;
  const velocity = operands.velocity;
  const gradient = operands.gradient;
  const count = operands.count;
  const rate = operands.rate;
  const momentum = operands.momentum;
  const nesterov = operands.nesterov != 0;
  const last = partStart(count, thread + 1, threads, 16);
  let i = partStart(count, thread, threads, 16);
  const rates = f32x4.splat(rate);
  const momenta = f32x4.splat(momentum);
  for (; i + 4 <= last; i += 4) {
    const at = bytes(i);
    const fall = f32x4.mul(v128.load(gradient + at), rates);
    const v = f32x4.sub(f32x4.mul(v128.load(velocity + at), momenta), fall);
    v128.store(velocity + at, v);
    const step = nesterov ? f32x4.sub(f32x4.mul(v, momenta), fall) : v;
    v128.store(parameter + at, f32x4.add(v128.load(parameter + at), step));
  }
  for (; i < last; i++) {
    const at = bytes(i);
    const fall = load<f32>(gradient + at) * rate;
    const v = load<f32>(velocity + at) * momentum - fall;
    store<f32>(velocity + at, v);
    store<f32>(parameter + at, load<f32>(parameter + at) + (nesterov ? v * momentum - fall : v));
  }
}
