// Arithmetic on rows of floats, for one thread.
import { bytes } from './bytes';
import { multiplyAdd } from './vector';

/** target [count] *= factor */
export function scaleRow(target: usize, factor: f32, count: i32): void {
  const factors = f32x4.splat(factor);
  const whole = bytes(count & ~3);
  let at: usize = 0;
  for (; at < whole; at += 16) v128.store(target + at, f32x4.mul(v128.load(target + at), factors));
  for (; at < bytes(count); at += 4) store<f32>(target + at, load<f32>(target + at) * factor);
}

/** target [count] += source [count] * factor */
export function addScaled(target: usize, source: usize, factor: f32, count: i32): void {
  const factors = f32x4.splat(factor);
  const whole = bytes(count & ~3);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    v128.store(target + at, multiplyAdd(v128.load(target + at), v128.load(source + at), factors));
  }
  for (; at < bytes(count); at += 4) {
    store<f32>(target + at, load<f32>(target + at) + load<f32>(source + at) * factor);
  }
}

/** The sum of a [count] * b [count]. */
export function dot(a: usize, b: usize, count: i32): f32 {
  let sums = f32x4.splat(0);
  const whole = bytes(count & ~3);
  let at: usize = 0;
  for (; at < whole; at += 16) sums = multiplyAdd(sums, v128.load(a + at), v128.load(b + at));
  let sum = sumLanes(sums);
  for (; at < bytes(count); at += 4) sum += load<f32>(a + at) * load<f32>(b + at);
  return sum;
}

/** The sum of the four numbers of a vector. */
// @ts-ignore: decorator
@inline
export function sumLanes(values: v128): f32 {
  return (
    f32x4.extract_lane(values, 0) +
    f32x4.extract_lane(values, 1) +
    (f32x4.extract_lane(values, 2) + f32x4.extract_lane(values, 3))
  );
}
