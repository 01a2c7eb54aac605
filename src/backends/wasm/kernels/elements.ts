// Arithmetic on every element of a tensor, four floats at a time.
import { bytes } from './bytes';
import { partStart } from './multiply';
import {
  AddElementsOperands,
  AddScaledElementsOperands,
  ClipElementsOperands,
  MoveElementsOperands,
  ScaleElementsOperands,
  ScaleSequencesOperands,
} from './operands';

/**
 * output [batch, time, features] = x [batch, time, features] * scale [batch, features], the same at every step of a row.
 * Threads share the steps.
 */
export function scaleSequences(thread: i32, threads: i32, operands: ScaleSequencesOperands): void {
  const x = operands.x;
  const scale = operands.scale;
  const batch = operands.batch;
  const time = operands.time;
  const features = operands.features;
  const output = operands.output;
  const last = partStart(batch * time, thread + 1, threads, 1);
  const size = bytes(features);
  const whole = bytes(features & ~3);
  for (let step = partStart(batch * time, thread, threads, 1); step < last; step++) {
    const from = x + <usize>step * size;
    const to = output + <usize>step * size;
    const factors = scale + <usize>(step / time) * size;
    let at: usize = 0;
    for (; at < whole; at += 16) {
      v128.store(to + at, f32x4.mul(v128.load(from + at), v128.load(factors + at)));
    }
    for (; at < size; at += 4) store<f32>(to + at, load<f32>(from + at) * load<f32>(factors + at));
  }
}

/** output [count] = a [count] + b [count]; `output` may be one of them. */
export function addElements(thread: i32, threads: i32, operands: AddElementsOperands): void {
  const a = operands.a;
  const b = operands.b;
  const count = operands.count;
  const output = operands.output;
  const last = bytes(partStart(count, thread + 1, threads, 16));
  let at = bytes(partStart(count, thread, threads, 16));
  for (; at + 16 <= last; at += 16) {
    v128.store(output + at, f32x4.add(v128.load(a + at), v128.load(b + at)));
  }
  for (; at < last; at += 4) store<f32>(output + at, load<f32>(a + at) + load<f32>(b + at));
}

/** output [count] = a [count] + b [count] * factor; `output` may be one of them. */
export function addScaledElements(thread: i32, threads: i32, operands: AddScaledElementsOperands): void {
  const a = operands.a;
  const b = operands.b;
  const count = operands.count;
  const factor = operands.factor;
  const output = operands.output;
  const last = bytes(partStart(count, thread + 1, threads, 16));
  let at = bytes(partStart(count, thread, threads, 16));
  const factors = f32x4.splat(factor);
  for (; at + 16 <= last; at += 16) {
    v128.store(output + at, f32x4.add(v128.load(a + at), f32x4.mul(v128.load(b + at), factors)));
  }
  for (; at < last; at += 4) store<f32>(output + at, load<f32>(a + at) + load<f32>(b + at) * factor);
}

/** output [count] = x [count] * factor. */
export function scaleElements(thread: i32, threads: i32, operands: ScaleElementsOperands): void {
  const x = operands.x;
  const count = operands.count;
  const factor = operands.factor;
  const output = operands.output;
  const last = bytes(partStart(count, thread + 1, threads, 16));
  let at = bytes(partStart(count, thread, threads, 16));
  const factors = f32x4.splat(factor);
  for (; at + 16 <= last; at += 16) v128.store(output + at, f32x4.mul(v128.load(x + at), factors));
  for (; at < last; at += 4) store<f32>(output + at, load<f32>(x + at) * factor);
}

/** output [count] = x [count], what is beyond -limit and limit put there; NaN stays NaN. */
export function clipElements(thread: i32, threads: i32, operands: ClipElementsOperands): void {
  const x = operands.x;
  const count = operands.count;
  const limit = operands.limit;
  const output = operands.output;
  const last = bytes(partStart(count, thread + 1, threads, 16));
  let at = bytes(partStart(count, thread, threads, 16));
  const low = f32x4.splat(-limit);
  const high = f32x4.splat(limit);
  for (; at + 16 <= last; at += 16) {
    v128.store(output + at, f32x4.max(low, f32x4.min(high, v128.load(x + at))));
  }
  for (; at < last; at += 4) store<f32>(output + at, max(-limit, min(limit, load<f32>(x + at))));
}

/** target [count] += (value [count] - target) * share, in place. */
export function moveElements(thread: i32, threads: i32, operands: MoveElementsOperands): void {
  const target = operands.target;
  const value = operands.value;
  const count = operands.count;
  const share = operands.share;
  const last = bytes(partStart(count, thread + 1, threads, 16));
  let at = bytes(partStart(count, thread, threads, 16));
  const shares = f32x4.splat(share);
  for (; at + 16 <= last; at += 16) {
    const old = v128.load(target + at);
    const way = f32x4.sub(v128.load(value + at), old);
    v128.store(target + at, f32x4.add(old, f32x4.mul(way, shares)));
  }
  for (; at < last; at += 4) {
    const old = load<f32>(target + at);
    store<f32>(target + at, old + (load<f32>(value + at) - old) * share);
  }
}
