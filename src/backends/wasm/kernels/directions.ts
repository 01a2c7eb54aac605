// The outputs of the two directions of a bidirectional layer, put together and taken apart again. The backward direction
// gives its outputs in the order of computing: what belongs to step t stands at time - 1 - t.
import { bytes } from './bytes';
import { partStart } from './multiply';
import { MergeDirectionsOperands, SplitDirectionsOperands } from './operands';

/** How two outputs become one; numbered as in registered/merge-directions.ts. */
const concat: i32 = 0;
const sum: i32 = 1;
const average: i32 = 2;
const multiply: i32 = 3;

/**
 * output [batch, time, units], or [batch, time, 2 * units] where `mode` is `concat`; zeros at masked steps.
 *
 * Operands:
 *   forward [batch, time, units]
 *   backward [batch, time, units], last step first
 *   mask [batch, time] of bytes, or 0
 *   maskReversed: the mask stands in the order of time, `forward` in the reverse one
 */
export function mergeDirections(thread: i32, threads: i32, operands: MergeDirectionsOperands): void {
  const forward = operands.forward;
  const backward = operands.backward;
  const mask = operands.mask;
  const batch = operands.batch;
  const time = operands.time;
  const units = operands.units;
  const mode = operands.mode;
  const maskReversed = operands.maskReversed != 0;
  const output = operands.output;
  const size = bytes(units);
  const outputSize = bytes(mode == concat ? 2 * units : units);
  const last = partStart(batch * time, thread + 1, threads, 1);
  for (let step = partStart(batch * time, thread, threads, 1); step < last; step++) {
    const opposite = oppositeStep(step, time);
    const target = output + <usize>step * outputSize;
    if (mask && !load<u8>(mask + <usize>(maskReversed ? opposite : step))) {
      memory.fill(target, 0, outputSize);
      continue;
    }
    const one = forward + <usize>step * size;
    const other = backward + <usize>opposite * size;
    if (mode == concat) {
      memory.copy(target, one, size);
      memory.copy(target + size, other, size);
    } else combine(one, other, mode, units, target);
  }
}

/**
 * The gradient of `mergeDirections`.
 *
 * Operands:
 *   gradient: of the output
 *   forwardGradient, backwardGradient [batch, time, units], out
 */
export function splitDirections(thread: i32, threads: i32, operands: SplitDirectionsOperands): void {
  const gradient = operands.gradient;
  const forward = operands.forward;
  const backward = operands.backward;
  const mask = operands.mask;
  const batch = operands.batch;
  const time = operands.time;
  const units = operands.units;
  const mode = operands.mode;
  const maskReversed = operands.maskReversed != 0;
  const forwardGradient = operands.forwardGradient;
  const backwardGradient = operands.backwardGradient;
  const size = bytes(units);
  const gradientSize = bytes(mode == concat ? 2 * units : units);
  const last = partStart(batch * time, thread + 1, threads, 1);
  for (let step = partStart(batch * time, thread, threads, 1); step < last; step++) {
    const opposite = oppositeStep(step, time);
    const here = <usize>step * size;
    const there = <usize>opposite * size;
    const one = forwardGradient + here;
    const other = backwardGradient + there;
    if (mask && !load<u8>(mask + <usize>(maskReversed ? opposite : step))) {
      memory.fill(one, 0, size);
      memory.fill(other, 0, size);
      continue;
    }
    const from = gradient + <usize>step * gradientSize;
    if (mode == multiply) {
      combine(from, backward + there, multiply, units, one);
      combine(from, forward + here, multiply, units, other);
    } else if (mode == average) {
      halve(from, units, one);
      memory.copy(other, one, size);
    } else {
      memory.copy(one, from, size);
      memory.copy(other, mode == concat ? from + size : from, size);
    }
  }
}

/** The step of the same row that is as far from the end as this one is from the start. */
// @ts-ignore: decorator
@inline
function oppositeStep(step: i32, time: i32): i32 {
  const first = (step / time) * time;
  return 2 * first + time - 1 - step;
}

function combine(one: usize, other: usize, mode: i32, units: i32, target: usize): void {
  const half = f32x4.splat(0.5);
  const whole = bytes(units & ~3);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const a = v128.load(one + at);
    const b = v128.load(other + at);
    if (mode == multiply) v128.store(target + at, f32x4.mul(a, b));
    else if (mode == sum) v128.store(target + at, f32x4.add(a, b));
    else v128.store(target + at, f32x4.mul(f32x4.add(a, b), half));
  }
  for (; at < bytes(units); at += 4) {
    const a = load<f32>(one + at);
    const b = load<f32>(other + at);
    store<f32>(target + at, mode == multiply ? a * b : mode == sum ? a + b : (a + b) * 0.5);
  }
}

function halve(source: usize, units: i32, target: usize): void {
  for (let at: usize = 0; at < bytes(units); at += 4) store<f32>(target + at, load<f32>(source + at) * 0.5);
}
