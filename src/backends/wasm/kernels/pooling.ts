// A sequence as one vector: its last state, its maximum and its mean over the steps that count. Threads share the rows.
import { bytes } from './bytes';
import { partStart } from './multiply';
import { PoolBackwardOperands, PoolForwardOperands } from './operands';
import { scaleRow } from './rows';
import { addRow } from './sequence';

/** Steps of a row that count. */
function countSteps(mask: usize, time: i32): i32 {
  if (!mask) return time;
  let count = 0;
  for (let t = 0; t < time; t++) count += i32(load<u8>(mask + <usize>t) != 0);
  return count;
}

/** The last step of a row that counts; -1 where none does. */
function lastStep(mask: usize, time: i32): i32 {
  let t = time - 1;
  while (mask && t >= 0 && !load<u8>(mask + <usize>t)) t--;
  return t;
}

/**
 * Operands:
 *   x [batch, time, features]
 *   mask [batch, time] of bytes, or 0
 *   lastAt, maximumAt, meanAt: where in a row of the output each part begins, or -1 where it is not wanted
 *   output [batch, width]; zeros where no step of a row counts
 *   steps [batch, features] of int32, out: where each maximum stands, its first place; -1 where no step counts
 */
export function poolForward(thread: i32, threads: i32, operands: PoolForwardOperands): void {
  const x = operands.x;
  const mask = operands.mask;
  const batch = operands.batch;
  const time = operands.time;
  const features = operands.features;
  const lastAt = operands.lastAt;
  const maximumAt = operands.maximumAt;
  const meanAt = operands.meanAt;
  const width = operands.width;
  const output = operands.output;
  const steps = operands.steps;
  const size = bytes(features);
  const end = partStart(batch, thread + 1, threads, 1);
  for (let row = partStart(batch, thread, threads, 1); row < end; row++) {
    const sequence = x + <usize>(row * time) * size;
    const kept = mask ? mask + <usize>(row * time) : 0;
    const target = output + <usize>row * bytes(width);
    const places = steps + <usize>row * size;
    const last = lastStep(kept, time);
    memory.fill(target, 0, bytes(width));
    memory.fill(places, 0xff, size);
    if (last < 0) continue;
    if (lastAt >= 0) memory.copy(target + bytes(lastAt), sequence + <usize>last * size, size);
    for (let t = 0; t <= last; t++) {
      if (kept && !load<u8>(kept + <usize>t)) continue;
      const source = sequence + <usize>t * size;
      if (maximumAt >= 0) keepLarger(source, t, features, target + bytes(maximumAt), places);
      if (meanAt >= 0) addRow(target + bytes(meanAt), source, features);
    }
    if (meanAt >= 0) scaleRow(target + bytes(meanAt), 1 / f32(countSteps(kept, time)), features);
  }
}

/**
 * The gradient of `poolForward`.
 *
 * Operands:
 *   gradient [batch, width], of the output
 *   steps: as `poolForward` left them
 *   result [batch, time, features], out
 */
export function poolBackward(thread: i32, threads: i32, operands: PoolBackwardOperands): void {
  const gradient = operands.gradient;
  const mask = operands.mask;
  const steps = operands.steps;
  const batch = operands.batch;
  const time = operands.time;
  const features = operands.features;
  const lastAt = operands.lastAt;
  const maximumAt = operands.maximumAt;
  const meanAt = operands.meanAt;
  const width = operands.width;
  const result = operands.result;
  const size = bytes(features);
  const end = partStart(batch, thread + 1, threads, 1);
  for (let row = partStart(batch, thread, threads, 1); row < end; row++) {
    const sequence = result + <usize>(row * time) * size;
    const kept = mask ? mask + <usize>(row * time) : 0;
    const source = gradient + <usize>row * bytes(width);
    const count = countSteps(kept, time);
    // The first step that counts gets the mean's gradient, the others a copy of it.
    let first: usize = 0;
    for (let t = 0; t < time; t++) {
      const target = sequence + <usize>t * size;
      if (meanAt < 0 || (kept && !load<u8>(kept + <usize>t))) memory.fill(target, 0, size);
      else if (first) memory.copy(target, first, size);
      else {
        memory.copy(target, source + bytes(meanAt), size);
        scaleRow(target, 1 / f32(count), features);
        first = target;
      }
    }
    if (count == 0) continue;
    if (lastAt >= 0) addRow(sequence + <usize>lastStep(kept, time) * size, source + bytes(lastAt), features);
    if (maximumAt < 0) continue;
    const places = steps + <usize>row * size;
    for (let feature = 0; feature < features; feature++) {
      const target = sequence + bytes(load<i32>(places + bytes(feature)) * features + feature);
      store<f32>(target, load<f32>(target) + load<f32>(source + bytes(maximumAt + feature)));
    }
  }
}

/** Where `source` is larger than `largest`, or has no predecessor, or is NaN, it takes the place, and `step` is noted. */
function keepLarger(source: usize, step: i32, features: i32, largest: usize, places: usize): void {
  const here = i32x4.splat(step);
  const none = i32x4.splat(-1);
  const whole = bytes(features & ~3);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const value = v128.load(source + at);
    const former = v128.load(largest + at);
    const place = v128.load(places + at);
    const wins = v128.or(
      v128.or(f32x4.gt(value, former), f32x4.ne(value, value)),
      i32x4.eq(place, none),
    );
    v128.store(largest + at, v128.bitselect(value, former, wins));
    v128.store(places + at, v128.bitselect(here, place, wins));
  }
  for (; at < bytes(features); at += 4) {
    const value = load<f32>(source + at);
    if (value > load<f32>(largest + at) || value != value || load<i32>(places + at) < 0) {
      store<f32>(largest + at, value);
      store<i32>(places + at, step);
    }
  }
}
