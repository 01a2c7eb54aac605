// A convolution over time: windows [size * features] of each sequence times the kernel. A window is a piece of the
// sequence as it lies in memory, so that the windows of a padded sequence are a matrix whose rows overlap, `features`
// apart, and nothing has to be copied together.
//   padded: steps of a sequence with the zeros before and behind it;  steps: windows, padded - size + 1
import { bytes } from './bytes';
import { sumColumns } from './columns';
import { blockBytes, multiplyPacked, packB, packedSize } from './matrix';
import { partStart } from './multiply';
import {
  ConvolveForwardOperands,
  ConvolveInputGradientOperands,
  ConvolveKernelGradientOperands,
  PadSequencesOperands,
  ReluGradientOperands,
} from './operands';
import { addProducts, productPieceFloats } from './products';
import { addRow } from './sequence';

/** output [batch, padded, features]: x [batch, time, features] from step `before` on, zeros elsewhere and at masked steps. */
export function padSequences(thread: i32, threads: i32, operands: PadSequencesOperands): void {
  const x = operands.x;
  const mask = operands.mask;
  const batch = operands.batch;
  const time = operands.time;
  const before = operands.before;
  const padded = operands.padded;
  const output = operands.output;
  const size = bytes(operands.features);
  const end = partStart(batch * padded, thread + 1, threads, 1);
  for (let step = partStart(batch * padded, thread, threads, 1); step < end; step++) {
    const row = step / padded;
    const t = (step % padded) - before;
    const target = output + <usize>step * size;
    const from = row * time + t;
    if (t < 0 || t >= time || (mask && !load<u8>(mask + <usize>from))) memory.fill(target, 0, size);
    else memory.copy(target, x + <usize>from * size, size);
  }
}

/** Bytes of scratch memory for each thread. */
export function convolutionScratchBytes(size: i32, features: i32, filters: i32): i32 {
  return <i32>blockBytes + 4 * packedSize(size * features, filters);
}

/**
 * output [batch, steps, filters] = windows of x times kernel + bias, and its positive part where `relu`. Threads share
 * the windows.
 *
 * Operands:
 *   x [batch, padded, features]
 *   kernel [size, features, filters]
 *   bias [filters], or 0
 */
export function convolveForward(thread: i32, threads: i32, operands: ConvolveForwardOperands): void {
  const x = operands.x;
  const bias = operands.bias;
  const batch = operands.batch;
  const padded = operands.padded;
  const features = operands.features;
  const filters = operands.filters;
  const size = operands.size;
  const relu = operands.relu != 0;
  const output = operands.output;
  const block = operands.scratch + <usize>(thread * operands.scratchBytes);
  const packed = block + blockBytes;
  const depth = size * features;
  const steps = padded - size + 1;
  const end = partStart(batch * steps, thread + 1, threads, 1);
  let window = partStart(batch * steps, thread, threads, 1);
  if (window >= end) return;
  packB(operands.kernel, filters, 1, depth, filters, packed);
  while (window < end) {
    const row = window / steps;
    const count = min(end, (row + 1) * steps) - window;
    const first = x + bytes((row * padded + (window % steps)) * features);
    const target = output + bytes(window * filters);
    multiplyPacked(count, filters, depth, first, features, 0, false, packed, target, filters, false, block);
    if (bias) for (let i = 0; i < count; i++) addRow(target + bytes(i * filters), bias, filters);
    if (relu) keepPositive(target, target, count * filters, target);
    window += count;
  }
}

/** result [count] = gradient [count] where output [count] is positive, else 0: the way back through a relu. */
export function reluGradient(thread: i32, threads: i32, operands: ReluGradientOperands): void {
  const count = operands.count;
  const start = partStart(count, thread, threads, 4);
  const from = bytes(start);
  const length = partStart(count, thread + 1, threads, 4) - start;
  keepPositive(operands.gradient + from, operands.output + from, length, operands.result + from);
}

/** Bytes of scratch memory for each thread. */
export function convolutionKernelScratchBytes(filters: i32): i32 {
  return <i32>blockBytes + 4 * productPieceFloats(filters);
}

/**
 * The gradients by kernel [size, features, filters] and bias [filters]. Threads share the rows of the kernel.
 *
 * Operands:
 *   gradient [batch, steps, filters], of the sums before the activation
 *   biasGradient: out, or 0
 */
export function convolveKernelGradient(thread: i32, threads: i32, operands: ConvolveKernelGradientOperands): void {
  const x = operands.x;
  const gradient = operands.gradient;
  const batch = operands.batch;
  const padded = operands.padded;
  const features = operands.features;
  const filters = operands.filters;
  const size = operands.size;
  const biasGradient = operands.biasGradient;
  const steps = padded - size + 1;
  const block = operands.scratch + <usize>(thread * operands.scratchBytes);
  const piece = block + blockBytes;
  const first = partStart(size * features, thread, threads, 4);
  const count = partStart(size * features, thread + 1, threads, 4) - first;
  const target = operands.kernelGradient + bytes(first * filters);
  memory.fill(target, 0, bytes(count * filters));
  if (count > 0) {
    for (let row = 0; row < batch; row++) {
      const windows = x + bytes(row * padded * features + first);
      const here = gradient + bytes(row * steps * filters);
      addProducts(steps, count, windows, features, 0, filters, here, filters, 0, 0, 0, target, filters, piece, block);
    }
  }
  if (biasGradient) sumColumns(thread, threads, gradient, batch * steps, filters, biasGradient);
}

/** Bytes of scratch memory for each thread: the kernel turned round, and the gradient of one padded sequence. */
export function convolutionInputScratchBytes(size: i32, features: i32, filters: i32, padded: i32): i32 {
  return <i32>blockBytes + 4 * (size * packedSize(filters, features) + padded * features);
}

/**
 * The gradient by x [batch, time, features], before padding; zero at masked steps. Threads share the rows.
 *
 * Operands:
 *   gradient [batch, steps, filters], of the sums before the activation
 */
export function convolveInputGradient(thread: i32, threads: i32, operands: ConvolveInputGradientOperands): void {
  const gradient = operands.gradient;
  const kernel = operands.kernel;
  const mask = operands.mask;
  const batch = operands.batch;
  const time = operands.time;
  const before = operands.before;
  const padded = operands.padded;
  const features = operands.features;
  const filters = operands.filters;
  const size = operands.size;
  const result = operands.result;
  const end = partStart(batch, thread + 1, threads, 1);
  let row = partStart(batch, thread, threads, 1);
  if (row >= end) return;
  const steps = padded - size + 1;
  const block = operands.scratch + <usize>(thread * operands.scratchBytes);
  const packed = block + blockBytes;
  const packedBytes = bytes(packedSize(filters, features));
  const sequence = packed + <usize>size * packedBytes;
  for (let k = 0; k < size; k++) {
    packB(kernel + bytes(k * features * filters), 1, filters, filters, features, packed + <usize>k * packedBytes);
  }
  for (; row < end; row++) {
    const here = gradient + bytes(row * steps * filters);
    memory.fill(sequence, 0, bytes(padded * features));
    for (let k = 0; k < size; k++) {
      const target = sequence + bytes(k * features);
      multiplyPacked(steps, features, filters, here, filters, 0, false, packed + <usize>k * packedBytes, target, features, true, block);
    }
    const to = result + bytes(row * time * features);
    memory.copy(to, sequence + bytes(before * features), bytes(time * features));
    if (!mask) continue;
    for (let t = 0; t < time; t++) {
      if (!load<u8>(mask + <usize>(row * time + t))) memory.fill(to + bytes(t * features), 0, bytes(features));
    }
  }
}

/** result [count] = values [count] where signs [count] is positive, else 0. */
function keepPositive(values: usize, signs: usize, count: i32, result: usize): void {
  const zeros = f32x4.splat(0);
  const whole = bytes(count & ~3);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    // NaN is kept: a training that has gone wrong must show.
    const drop = f32x4.le(v128.load(signs + at), zeros);
    v128.store(result + at, v128.andnot(v128.load(values + at), drop));
  }
  for (; at < bytes(count); at += 4) {
    store<f32>(result + at, load<f32>(signs + at) <= 0 ? 0 : load<f32>(values + at));
  }
}
