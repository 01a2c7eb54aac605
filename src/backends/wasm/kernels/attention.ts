// Attention over time (Yang et al. 2016, equations 5 to 7), after the product x W: u = tanh(x W + b), a = softmax of u v
// over the steps that count, output = sum of a x. A: units of W. Threads share the rows.
import { bytes } from './bytes';
import { partStart } from './multiply';
import {
  AttentionBackwardOperands,
  AttentionForwardOperands,
  AttentionInputGradientOperands,
} from './operands';
import { addScaled, dot, scaleRow, sumLanes } from './rows';
import { addRow } from './sequence';
import { exponential, hyperbolicTangent, multiplyAdd } from './vector';

/**
 * Operands:
 *   x [batch, time, features]
 *   hidden [batch, time, A], in: x W; out: u, zeros at masked steps
 *   bias, context [A]: b and v
 *   mask [batch, time] of bytes, or 0
 *   weights [batch, time], out: a, zero at masked steps
 *   output [batch, features], zeros where no step of a row counts
 */
export function attentionForward(thread: i32, threads: i32, operands: AttentionForwardOperands): void {
  const x = operands.x;
  const hidden = operands.hidden;
  const bias = operands.bias;
  const context = operands.context;
  const mask = operands.mask;
  const batch = operands.batch;
  const time = operands.time;
  const features = operands.features;
  const units = operands.units;
  const weights = operands.weights;
  const output = operands.output;
  const size = bytes(features);
  const end = partStart(batch, thread + 1, threads, 1);
  for (let row = partStart(batch, thread, threads, 1); row < end; row++) {
    const kept = mask ? mask + <usize>(row * time) : 0;
    const scores = weights + bytes(row * time);
    let largest: f32 = -f32.MAX_VALUE;
    for (let t = 0; t < time; t++) {
      const step = hidden + <usize>(row * time + t) * bytes(units);
      if (kept && !load<u8>(kept + <usize>t)) memory.fill(step, 0, bytes(units));
      else {
        const score = activate(step, bias, context, units);
        store<f32>(scores + bytes(t), score);
        largest = max(largest, score);
      }
    }
    let total: f32 = 0;
    for (let t = 0; t < time; t++) {
      let weight: f32 = 0;
      if (!kept || load<u8>(kept + <usize>t)) {
        weight = f32x4.extract_lane(exponential(f32x4.splat(load<f32>(scores + bytes(t)) - largest)), 0);
      }
      store<f32>(scores + bytes(t), weight);
      total += weight;
    }
    const target = output + <usize>row * size;
    memory.fill(target, 0, size);
    if (total == 0) continue;
    scaleRow(scores, 1 / total, time);
    for (let t = 0; t < time; t++) {
      if (kept && !load<u8>(kept + <usize>t)) continue;
      addScaled(target, x + <usize>(row * time + t) * size, load<f32>(scores + bytes(t)), features);
    }
  }
}

/**
 * The gradient of `attentionForward`, but for what goes through the product x W.
 *
 * Operands:
 *   gradient [batch, features], of the output
 *   hidden [batch, time, A]: u
 *   weights [batch, time]: a
 *   hiddenGradient [batch, time, A], out: of x W, zeros where a is
 *   shares [threads, 2, A], out: of b and v, from each thread's rows
 */
export function attentionBackward(thread: i32, threads: i32, operands: AttentionBackwardOperands): void {
  const gradient = operands.gradient;
  const x = operands.x;
  const hidden = operands.hidden;
  const context = operands.context;
  const weights = operands.weights;
  const batch = operands.batch;
  const time = operands.time;
  const features = operands.features;
  const units = operands.units;
  const hiddenGradient = operands.hiddenGradient;
  const width = bytes(units);
  const biasGradient = operands.shares + 2 * <usize>thread * width;
  const contextGradient = biasGradient + width;
  memory.fill(biasGradient, 0, 2 * width);
  const end = partStart(batch, thread + 1, threads, 1);
  for (let row = partStart(batch, thread, threads, 1); row < end; row++) {
    const outer = gradient + <usize>row * bytes(features);
    const sequence = x + <usize>(row * time) * bytes(features);
    const kept = weights + bytes(row * time);
    const steps = hidden + <usize>(row * time) * width;
    const results = hiddenGradient + <usize>(row * time) * width;
    // The first float of a step's result holds the gradient of its weight for a moment.
    let mean: f32 = 0;
    for (let t = 0; t < time; t++) {
      const weight = load<f32>(kept + bytes(t));
      if (weight == 0) continue;
      const slope = dot(outer, sequence + <usize>t * bytes(features), features);
      store<f32>(results + <usize>t * width, slope);
      mean += weight * slope;
    }
    for (let t = 0; t < time; t++) {
      const weight = load<f32>(kept + bytes(t));
      const result = results + <usize>t * width;
      if (weight == 0) {
        memory.fill(result, 0, width);
        continue;
      }
      const slope = weight * (load<f32>(result) - mean);
      const step = steps + <usize>t * width;
      addScaled(contextGradient, step, slope, units);
      activationGradient(step, context, slope, units, result);
      addRow(biasGradient, result, units);
    }
  }
}

/** result [batch, time, features] += a [batch, time] * gradient [batch, features]: what goes to x past the weights. */
export function attentionInputGradient(thread: i32, threads: i32, operands: AttentionInputGradientOperands): void {
  const gradient = operands.gradient;
  const weights = operands.weights;
  const batch = operands.batch;
  const time = operands.time;
  const features = operands.features;
  const result = operands.result;
  const size = bytes(features);
  const end = partStart(batch * time, thread + 1, threads, 1);
  for (let step = partStart(batch * time, thread, threads, 1); step < end; step++) {
    const weight = load<f32>(weights + bytes(step));
    if (weight == 0) continue;
    addScaled(result + <usize>step * size, gradient + <usize>(step / time) * size, weight, features);
  }
}

/** values [units] become tanh(values + bias); returns their product with `context`. */
function activate(values: usize, bias: usize, context: usize, units: i32): f32 {
  let sums = f32x4.splat(0);
  const whole = bytes(units & ~3);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const u = hyperbolicTangent(f32x4.add(v128.load(values + at), v128.load(bias + at)));
    v128.store(values + at, u);
    sums = multiplyAdd(sums, u, v128.load(context + at));
  }
  let sum = sumLanes(sums);
  for (; at < bytes(units); at += 4) {
    const value = load<f32>(values + at) + load<f32>(bias + at);
    const u = f32x4.extract_lane(hyperbolicTangent(f32x4.splat(value)), 0);
    store<f32>(values + at, u);
    sum += u * load<f32>(context + at);
  }
  return sum;
}

/** result [units] = slope * context * (1 - u^2) */
function activationGradient(u: usize, context: usize, slope: f32, units: i32, result: usize): void {
  const slopes = f32x4.splat(slope);
  const ones = f32x4.splat(1);
  const whole = bytes(units & ~3);
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const value = v128.load(u + at);
    const bend = f32x4.sub(ones, f32x4.mul(value, value));
    v128.store(result + at, f32x4.mul(f32x4.mul(v128.load(context + at), slopes), bend));
  }
  for (; at < bytes(units); at += 4) {
    const value = load<f32>(u + at);
    store<f32>(result + at, load<f32>(context + at) * slope * (1 - value * value));
  }
}
