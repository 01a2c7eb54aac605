// Euclidean norms of gradients and of the columns of weights.
import { bytes } from './bytes';
import { partStart } from './multiply';
import { LimitColumnsOperands, SumSquaresOperands } from './operands';

/** Floats that one sum is made of. */
const blockFloats: i32 = 4096;

/** Bytes of the sums of so many floats. */
export function sumSquaresBytes(count: i32): i32 {
  return 8 * ((count + blockFloats - 1) / blockFloats);
}

/**
 * sums [blocks] of float64 = the sum of squares of each block of 4096 of the `count` floats. Threads share the blocks, so
 * that whoever adds up the sums gets the same bits on any number of threads.
 */
export function sumSquares(thread: i32, threads: i32, operands: SumSquaresOperands): void {
  const x = operands.x;
  const count = operands.count;
  const sums = operands.sums;
  const blocks = (count + blockFloats - 1) / blockFloats;
  const end = partStart(blocks, thread + 1, threads, 1);
  for (let block = partStart(blocks, thread, threads, 1); block < end; block++) {
    let i = block * blockFloats;
    const last = min(count, i + blockFloats);
    let lows = f64x2.splat(0);
    let highs = f64x2.splat(0);
    for (; i + 4 <= last; i += 4) {
      const four = v128.load(x + bytes(i));
      const low = f64x2.promote_low_f32x4(four);
      const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(four, four, 2, 3, 2, 3));
      lows = f64x2.add(lows, f64x2.mul(low, low));
      highs = f64x2.add(highs, f64x2.mul(high, high));
    }
    const both = f64x2.add(lows, highs);
    let sum = f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
    for (; i < last; i++) {
      const value = <f64>load<f32>(x + bytes(i));
      sum += value * value;
    }
    store<f64>(sums + (<usize>block << 3), sum);
  }
}

/**
 * Scales each column of the weights [rows, columns] whose norm is above `limit` down to it, in place; the others keep their
 * bits. Threads share the columns.
 *
 * Operands:
 *   factors [columns], scratch
 */
export function limitColumns(thread: i32, threads: i32, operands: LimitColumnsOperands): void {
  const weights = operands.weights;
  const rows = operands.rows;
  const columns = operands.columns;
  const limit = operands.limit;
  const factors = operands.factors;
  const first = bytes(partStart(columns, thread, threads, 16));
  const end = bytes(partStart(columns, thread + 1, threads, 16));
  if (end <= first) return;
  const whole = first + ((end - first) & ~15);
  const stride = bytes(columns);
  memory.fill(factors + first, 0, end - first);
  for (let row = 0; row < rows; row++) {
    const from = weights + <usize>row * stride;
    let at = first;
    for (; at < whole; at += 16) {
      const four = v128.load(from + at);
      v128.store(factors + at, f32x4.add(v128.load(factors + at), f32x4.mul(four, four)));
    }
    for (; at < end; at += 4) {
      const value = load<f32>(from + at);
      store<f32>(factors + at, load<f32>(factors + at) + value * value);
    }
  }
  let isAbove = false;
  for (let at = first; at < end; at += 4) {
    const norm = sqrt(load<f32>(factors + at));
    if (norm > limit) isAbove = true;
    store<f32>(factors + at, norm > limit ? limit / norm : 1);
  }
  if (!isAbove) return;
  for (let row = 0; row < rows; row++) {
    const from = weights + <usize>row * stride;
    let at = first;
    for (; at < whole; at += 16) {
      v128.store(from + at, f32x4.mul(v128.load(from + at), v128.load(factors + at)));
    }
    for (; at < end; at += 4) store<f32>(from + at, load<f32>(from + at) * load<f32>(factors + at));
  }
}
