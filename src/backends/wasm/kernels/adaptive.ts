// Optimizers that divide gradients by their size, in the forms of Keras; every operation in the order of the composed form, so that
// both give the same bits.
import { bytes } from './bytes';
import { moved, put, take } from './lanes';
import { partStart } from './multiply';
import {
  AdadeltaStepOperands,
  AdagradStepOperands,
  LambDirectionOperands,
  NadamStepOperands,
  RmsPropStepOperands,
} from './operands';

/**
 * Keras' optimizers/nadam.py, in place:
 *   m += (g - m) share1, v += (g^2 - v) share2, p -= (m ofMean + g ofGradient) rate / (sqrt(v / correction) + epsilon)
 */
export function nadamStep(thread: i32, threads: i32, operands: NadamStepOperands): void {
  const parameter = operands.parameter;
  const m = operands.m;
  const v = operands.v;
  const gradient = operands.gradient;
  const count = operands.count;
  const rate = operands.rate;
  const share1 = operands.share1;
  const share2 = operands.share2;
  const ofMean = operands.ofMean;
  const ofGradient = operands.ofGradient;
  const correction = operands.correction;
  const epsilon = operands.epsilon;
  const last = bytes(partStart(count, thread + 1, threads, 16));
  let at = bytes(partStart(count, thread, threads, 16));
  for (; at + 16 <= last; at += 16) nadamStepAt(at, parameter, m, v, gradient, rate, share1, share2, ofMean, ofGradient, correction, epsilon, false);
  for (; at < last; at += 4) nadamStepAt(at, parameter, m, v, gradient, rate, share1, share2, ofMean, ofGradient, correction, epsilon, true);
}

// @ts-ignore: decorator
@inline
function nadamStepAt(
  at: usize,
  parameter: usize,
  m: usize,
  v: usize,
  gradient: usize,
  rate: f32,
  share1: f32,
  share2: f32,
  ofMean: f32,
  ofGradient: f32,
  correction: f32,
  epsilon: f32,
  single: bool,
): void {
  const g = take(gradient + at, single);
  const m1 = moved(take(m + at, single), g, f32x4.splat(share1));
  const v1 = moved(take(v + at, single), f32x4.mul(g, g), f32x4.splat(share2));
  put(m + at, m1, single);
  put(v + at, v1, single);
  const ahead = f32x4.add(f32x4.mul(m1, f32x4.splat(ofMean)), f32x4.mul(g, f32x4.splat(ofGradient)));
  const root = f32x4.sqrt(f32x4.div(v1, f32x4.splat(correction)));
  const step = f32x4.div(f32x4.mul(ahead, f32x4.splat(rate)), f32x4.add(root, f32x4.splat(epsilon)));
  put(parameter + at, f32x4.sub(take(parameter + at, single), step), single);
}

/**
 * Keras' optimizers/rmsprop.py, in place:
 *   v += (g^2 - v) share, mean += (g - mean) share, s = s momentum + g rate / sqrt(v - mean^2 + epsilon), p -= s
 *
 * Operands:
 *   mean, steps: 0 where gradients are not centered, and where there is no momentum
 */
export function rmsPropStep(thread: i32, threads: i32, operands: RmsPropStepOperands): void {
  const parameter = operands.parameter;
  const v = operands.v;
  const mean = operands.mean;
  const steps = operands.steps;
  const gradient = operands.gradient;
  const count = operands.count;
  const rate = operands.rate;
  const share = operands.share;
  const momentum = operands.momentum;
  const epsilon = operands.epsilon;
  const last = bytes(partStart(count, thread + 1, threads, 16));
  let at = bytes(partStart(count, thread, threads, 16));
  for (; at + 16 <= last; at += 16) rmsPropStepAt(at, parameter, v, mean, steps, gradient, rate, share, momentum, epsilon, false);
  for (; at < last; at += 4) rmsPropStepAt(at, parameter, v, mean, steps, gradient, rate, share, momentum, epsilon, true);
}

// @ts-ignore: decorator
@inline
function rmsPropStepAt(
  at: usize,
  parameter: usize,
  v: usize,
  mean: usize,
  steps: usize,
  gradient: usize,
  rate: f32,
  share: f32,
  momentum: f32,
  epsilon: f32,
  single: bool,
): void {
  const g = take(gradient + at, single);
  let variance = moved(take(v + at, single), f32x4.mul(g, g), f32x4.splat(share));
  put(v + at, variance, single);
  if (mean) {
    const m1 = moved(take(mean + at, single), g, f32x4.splat(share));
    put(mean + at, m1, single);
    variance = f32x4.max(f32x4.sub(variance, f32x4.mul(m1, m1)), f32x4.splat(0));
  }
  const root = f32x4.sqrt(f32x4.add(variance, f32x4.splat(epsilon)));
  let step = f32x4.div(f32x4.mul(g, f32x4.splat(rate)), root);
  if (steps) {
    step = f32x4.add(f32x4.mul(take(steps + at, single), f32x4.splat(momentum)), step);
    put(steps + at, step, single);
  }
  put(parameter + at, f32x4.sub(take(parameter + at, single), step), single);
}

/** Keras' optimizers/adagrad.py, in place: sum += g^2, p -= g rate / sqrt(sum + epsilon). */
export function adagradStep(thread: i32, threads: i32, operands: AdagradStepOperands): void {
  const parameter = operands.parameter;
  const sum = operands.sum;
  const gradient = operands.gradient;
  const count = operands.count;
  const rate = operands.rate;
  const epsilon = operands.epsilon;
  const last = bytes(partStart(count, thread + 1, threads, 16));
  let at = bytes(partStart(count, thread, threads, 16));
  for (; at + 16 <= last; at += 16) adagradStepAt(at, parameter, sum, gradient, rate, epsilon, false);
  for (; at < last; at += 4) adagradStepAt(at, parameter, sum, gradient, rate, epsilon, true);
}

// @ts-ignore: decorator
@inline
function adagradStepAt(
  at: usize,
  parameter: usize,
  sum: usize,
  gradient: usize,
  rate: f32,
  epsilon: f32,
  single: bool,
): void {
  const g = take(gradient + at, single);
  const squares = f32x4.add(take(sum + at, single), f32x4.mul(g, g));
  put(sum + at, squares, single);
  const root = f32x4.sqrt(f32x4.add(squares, f32x4.splat(epsilon)));
  const step = f32x4.div(f32x4.mul(g, f32x4.splat(rate)), root);
  put(parameter + at, f32x4.sub(take(parameter + at, single), step), single);
}

/**
 * Keras' optimizers/adadelta.py, in place:
 *   v += (g^2 - v) share, d = g sqrt(w + epsilon) / sqrt(v + epsilon), w += (d^2 - w) share, p -= d rate
 */
export function adadeltaStep(thread: i32, threads: i32, operands: AdadeltaStepOperands): void {
  const parameter = operands.parameter;
  const v = operands.v;
  const w = operands.w;
  const gradient = operands.gradient;
  const count = operands.count;
  const rate = operands.rate;
  const share = operands.share;
  const epsilon = operands.epsilon;
  const last = bytes(partStart(count, thread + 1, threads, 16));
  let at = bytes(partStart(count, thread, threads, 16));
  for (; at + 16 <= last; at += 16) adadeltaStepAt(at, parameter, v, w, gradient, rate, share, epsilon, false);
  for (; at < last; at += 4) adadeltaStepAt(at, parameter, v, w, gradient, rate, share, epsilon, true);
}

// @ts-ignore: decorator
@inline
function adadeltaStepAt(
  at: usize,
  parameter: usize,
  v: usize,
  w: usize,
  gradient: usize,
  rate: f32,
  share: f32,
  epsilon: f32,
  single: bool,
): void {
  const g = take(gradient + at, single);
  const epsilons = f32x4.splat(epsilon);
  const v1 = moved(take(v + at, single), f32x4.mul(g, g), f32x4.splat(share));
  put(v + at, v1, single);
  const before = take(w + at, single);
  const numerator = f32x4.mul(f32x4.sqrt(f32x4.add(before, epsilons)), g);
  const d = f32x4.div(numerator, f32x4.sqrt(f32x4.add(v1, epsilons)));
  put(w + at, moved(before, f32x4.mul(d, d), f32x4.splat(share)), single);
  put(parameter + at, f32x4.sub(take(parameter + at, single), f32x4.mul(d, f32x4.splat(rate))), single);
}

/**
 * Keras' optimizers/lamb.py up to the size of its step: m += (g - m) share1 and v += (g^2 - v) share2, in place, and
 *   output = (m / correction1) / (sqrt(v / correction2) + epsilon)
 */
export function lambDirection(thread: i32, threads: i32, operands: LambDirectionOperands): void {
  const m = operands.m;
  const v = operands.v;
  const gradient = operands.gradient;
  const count = operands.count;
  const share1 = operands.share1;
  const share2 = operands.share2;
  const correction1 = operands.correction1;
  const correction2 = operands.correction2;
  const epsilon = operands.epsilon;
  const output = operands.output;
  const last = bytes(partStart(count, thread + 1, threads, 16));
  let at = bytes(partStart(count, thread, threads, 16));
  for (; at + 16 <= last; at += 16) lambDirectionAt(at, m, v, gradient, share1, share2, correction1, correction2, epsilon, output, false);
  for (; at < last; at += 4) lambDirectionAt(at, m, v, gradient, share1, share2, correction1, correction2, epsilon, output, true);
}

// @ts-ignore: decorator
@inline
function lambDirectionAt(
  at: usize,
  m: usize,
  v: usize,
  gradient: usize,
  share1: f32,
  share2: f32,
  correction1: f32,
  correction2: f32,
  epsilon: f32,
  output: usize,
  single: bool,
): void {
  const g = take(gradient + at, single);
  const m1 = moved(take(m + at, single), g, f32x4.splat(share1));
  const v1 = moved(take(v + at, single), f32x4.mul(g, g), f32x4.splat(share2));
  put(m + at, m1, single);
  put(v + at, v1, single);
  const root = f32x4.sqrt(f32x4.div(v1, f32x4.splat(correction2)));
  const direction = f32x4.div(f32x4.div(m1, f32x4.splat(correction1)), f32x4.add(root, f32x4.splat(epsilon)));
  put(output + at, direction, single);
}
