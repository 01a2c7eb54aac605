// Layer normalization over the last axis (Ba, Kiros & Hinton 2016; Keras' layers/normalization/layer_normalization.py):
//   n = (x - mean) / sqrt(variance + epsilon), y = gamma n + beta
// With g = dy gamma:  dx = (g - mean(g) - n mean(g n)) / sqrt(variance + epsilon). Threads share the rows.
import { bytes } from './bytes';
import { partStart } from './multiply';
import { NormalizeBackwardOperands, NormalizeForwardOperands } from './operands';
import { addScaled, sumLanes } from './rows';
import { addRow } from './sequence';
import { multiplyAdd } from './vector';

/**
 * Operands:
 *   x [rows, columns]
 *   gamma, beta [columns], or 0 for ones and zeros
 *   output [rows, columns]
 */
export function normalizeForward(thread: i32, threads: i32, operands: NormalizeForwardOperands): void {
  const x = operands.x;
  const gamma = operands.gamma;
  const beta = operands.beta;
  const rows = operands.rows;
  const columns = operands.columns;
  const epsilon = operands.epsilon;
  const output = operands.output;
  const size = bytes(columns);
  const end = partStart(rows, thread + 1, threads, 1);
  for (let row = partStart(rows, thread, threads, 1); row < end; row++) {
    const target = output + <usize>row * size;
    normalizeRow(x + <usize>row * size, columns, epsilon, target);
    if (gamma) multiplyRow(target, gamma, columns);
    if (beta) addRow(target, beta, columns);
  }
}

/**
 * The gradient of `normalizeForward`.
 *
 * Operands:
 *   gradient [rows, columns], of the output
 *   result [rows, columns], out: the gradient by x
 *   shares [threads, 2, columns], out: those by gamma and beta, from each thread's rows
 *   scratch [threads, columns]
 */
export function normalizeBackward(thread: i32, threads: i32, operands: NormalizeBackwardOperands): void {
  const gradient = operands.gradient;
  const x = operands.x;
  const gamma = operands.gamma;
  const rows = operands.rows;
  const columns = operands.columns;
  const epsilon = operands.epsilon;
  const result = operands.result;
  const size = bytes(columns);
  const gammaGradient = operands.shares + 2 * <usize>thread * size;
  const betaGradient = gammaGradient + size;
  memory.fill(gammaGradient, 0, 2 * size);
  const normal = operands.scratch + <usize>thread * size;
  const end = partStart(rows, thread + 1, threads, 1);
  for (let row = partStart(rows, thread, threads, 1); row < end; row++) {
    const slope = normalizeRow(x + <usize>row * size, columns, epsilon, normal);
    const outer = gradient + <usize>row * size;
    const inner = result + <usize>row * size;
    addRow(betaGradient, outer, columns);
    memory.copy(inner, outer, size);
    multiplyRow(inner, normal, columns);
    addRow(gammaGradient, inner, columns);
    memory.copy(inner, outer, size);
    if (gamma) multiplyRow(inner, gamma, columns);
    finishGradient(inner, normal, slope, columns);
  }
}

/** target [columns] = n; returns 1 / sqrt(variance + epsilon). */
function normalizeRow(x: usize, columns: i32, epsilon: f32, target: usize): f32 {
  const whole = bytes(columns & ~3);
  const size = bytes(columns);
  const count = f32(columns);
  let sums = f32x4.splat(0);
  let at: usize = 0;
  for (; at < whole; at += 16) sums = f32x4.add(sums, v128.load(x + at));
  let sum = sumLanes(sums);
  for (; at < size; at += 4) sum += load<f32>(x + at);
  const mean = sum / count;

  const means = f32x4.splat(mean);
  let squares = f32x4.splat(0);
  for (at = 0; at < whole; at += 16) {
    const distance = f32x4.sub(v128.load(x + at), means);
    v128.store(target + at, distance);
    squares = multiplyAdd(squares, distance, distance);
  }
  let square = sumLanes(squares);
  for (; at < size; at += 4) {
    const distance = load<f32>(x + at) - mean;
    store<f32>(target + at, distance);
    square += distance * distance;
  }
  const slope: f32 = f32(1) / sqrt<f32>(square / count + epsilon);
  const slopes = f32x4.splat(slope);
  for (at = 0; at < whole; at += 16) {
    v128.store(target + at, f32x4.mul(v128.load(target + at), slopes));
  }
  for (; at < size; at += 4) store<f32>(target + at, load<f32>(target + at) * slope);
  return slope;
}

/** g [columns], in place, becomes (g - mean(g) - n mean(g n)) * slope. */
function finishGradient(g: usize, normal: usize, slope: f32, columns: i32): void {
  const whole = bytes(columns & ~3);
  const size = bytes(columns);
  let sums = f32x4.splat(0);
  let products = f32x4.splat(0);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const value = v128.load(g + at);
    sums = f32x4.add(sums, value);
    products = multiplyAdd(products, value, v128.load(normal + at));
  }
  let sum = sumLanes(sums);
  let product = sumLanes(products);
  for (; at < size; at += 4) {
    sum += load<f32>(g + at);
    product += load<f32>(g + at) * load<f32>(normal + at);
  }
  const mean = sum / f32(columns);
  addScaled(g, normal, -product / f32(columns), columns);
  const means = f32x4.splat(mean);
  const slopes = f32x4.splat(slope);
  for (at = 0; at < whole; at += 16) {
    v128.store(g + at, f32x4.mul(f32x4.sub(v128.load(g + at), means), slopes));
  }
  for (; at < size; at += 4) store<f32>(g + at, (load<f32>(g + at) - mean) * slope);
}

/** target [columns] *= factors [columns] */
function multiplyRow(target: usize, factors: usize, columns: i32): void {
  const whole = bytes(columns & ~3);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    v128.store(target + at, f32x4.mul(v128.load(target + at), v128.load(factors + at)));
  }
  for (; at < bytes(columns); at += 4) {
    store<f32>(target + at, load<f32>(target + at) * load<f32>(factors + at));
  }
}
