import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fusedKernels } from '../../../src/backends/fused-kernels.js';
import { Adadelta } from '../../../src/optimizers/adadelta.js';
import { Adagrad } from '../../../src/optimizers/adagrad.js';
import { AdamW } from '../../../src/optimizers/adam-w.js';
import { changeInPlace } from '../../../src/optimizers/change-in-place.js';
import { Lamb } from '../../../src/optimizers/lamb.js';
import { limitNorms } from '../../../src/optimizers/limit-norms.js';
import { Nadam } from '../../../src/optimizers/nadam.js';
import type { Optimizer } from '../../../src/optimizers/optimizer.js';
import { RmsProp } from '../../../src/optimizers/rms-prop.js';
import { addScaled, clipped, plusScaled, scaled, sumOfSquares } from '../../../src/optimizers/scaled.js';
import { Sgd } from '../../../src/optimizers/sgd.js';
import { averageWeights } from '../../../src/optimizers/weight-average.js';
import { expectValues } from '../../layers/expect-values.js';
import { backendVariants, hasOurKernels, ownVariants, useVariant } from '../backend-variants.js';
import { randomNumbers } from '../random-numbers.js';

const fused = ownVariants.filter(hasOurKernels);
/** Around four and eight floats, a thread's share of 16, a sum's block of 4,096, and enough for several threads. */
const counts = [1, 3, 4, 5, 8, 15, 16, 17, 63, 4_095, 4_096, 4_100, 100_003];

const made: { dispose(): unknown }[] = [];
afterEach(() => {
  for (const each of made.splice(0).reverse()) each.dispose();
  expect(tf.memory().numTensors).toBe(0);
});

function variable(values: Float32Array, shape: number[] = [values.length], name?: string): tf.Variable {
  const target = tf.tidy(() => tf.variable(tf.tensor(values, shape), true, name));
  made.push(target);
  return target;
}

const a = (count: number) => randomNumbers(count);
const b = (count: number) => randomNumbers(count, { seed: 2 });

const isSame = (one: Float32Array, other: Float32Array) =>
  one.length === other.length && one.every((value, i) => Object.is(value, other[i]));

const optimizers: [string, () => Optimizer][] = [
  ['momentum', () => new Sgd({ learningRate: 0.1, momentum: 0.9 })],
  ["Nesterov's momentum", () => new Sgd({ learningRate: 0.1, momentum: 0.9, nesterov: true })],
  ['AdamW', () => new AdamW({ learningRate: 0.05, weightDecay: 0.5 })],
  ['Nadam', () => new Nadam({ learningRate: 0.05 })],
  ['RMSprop', () => new RmsProp({ learningRate: 0.05 })],
  ['RMSprop, centered, with momentum', () => new RmsProp({ momentum: 0.5, centered: true, epsilon: 1e-3 })],
  ['Adagrad', () => new Adagrad({ learningRate: 0.05 })],
  ['Adadelta', () => new Adadelta({ learningRate: 1 })],
];

/** What is computed with two tensors of numbers. */
const operations: Record<string, (one: Float32Array, other: Float32Array) => Float32Array> = {
  'a sum with a multiple': (one, other) =>
    tf.tidy(() => plusScaled(tf.tensor1d(one), tf.tensor1d(other), -0.3).dataSync<'float32'>()),
  'a sum in place': (one, other) => {
    const target = variable(one);
    tf.tidy(() => addScaled(target, tf.tensor1d(other), 0.7));
    return target.dataSync<'float32'>();
  },
  'a multiple': (one) => tf.tidy(() => scaled(tf.tensor1d(one), 1 / 3).dataSync<'float32'>()),
  'a cut': (one) => tf.tidy(() => clipped(tf.tensor1d(one), 0.4).dataSync<'float32'>()),
  'a moving mean': (one, other) => {
    const target = variable(one);
    const average = averageWeights([target], { name: 'exponential', decay: 0.9, biasCorrection: false });
    made.push(average);
    const place = { step: 0, totalSteps: 2, endsEpoch: false };
    average.note(place);
    tf.tidy(() => target.assign(tf.tensor1d(other) as unknown as tf.Variable));
    average.note(place);
    average.show();
    return target.dataSync<'float32'>();
  },
  ...Object.fromEntries(
    optimizers.map(([name, make]) => [
      name,
      (one: Float32Array, other: Float32Array) => {
        const target = variable(one, [one.length], 'moved/kernel');
        const optimizer = make();
        made.push(optimizer);
        for (let step = 0; step < 3; step++) {
          tf.tidy(() => optimizer.applyGradients({ [target.name]: tf.tensor1d(other) }));
        }
        return target.dataSync<'float32'>();
      },
    ]),
  ),
};

describe.each(fused)('updates of weights on $title', (variant) => {
  it.each(Object.keys(operations))('have the bits of the composed form: %s', async (name) => {
    for (const count of counts) {
      const results: Float32Array[] = [];
      for (const each of [backendVariants[0], variant]) {
        await useVariant(each);
        results.push(operations[name](a(count), b(count)));
        for (const one of made.splice(0).reverse()) one.dispose();
      }
      expect(isSame(results[1], results[0]), `${count} numbers`).toBe(true);
    }
  });

  it('are those of the composed form for LAMB, but for the rounding of norms', async () => {
    for (const count of [5, 17, 100_003]) {
      const results: Float32Array[] = [];
      for (const each of [backendVariants[0], variant]) {
        await useVariant(each);
        const target = variable(a(count), [count], 'moved/kernel');
        const optimizer = new Lamb({ learningRate: 0.05, weightDecay: 0.5 });
        made.push(optimizer);
        for (let step = 0; step < 3; step++) {
          tf.tidy(() => optimizer.applyGradients({ [target.name]: tf.tensor1d(b(count)) }));
        }
        results.push(target.dataSync<'float32'>());
        for (const one of made.splice(0).reverse()) one.dispose();
      }
      expectValues(results[1], results[0], 1e-6);
    }
  });
});

describe('updates of weights in one pass', () => {
  beforeAll(() => useVariant(fused[0]));

  it.each([
    [fusedKernels.adagrad, 'adagradStep: the operand gradient is undefined'],
    [fusedKernels.rmsProp, 'rmsPropStep: the operand v is undefined'],
  ])('refuse to go without a tensor that %s needs', (name, message) => {
    const parameter = variable(a(3));
    const sum = variable(b(3));
    const attributes = { rate: 0.1, share: 0.1, momentum: 0, epsilon: 1e-7 };
    const update = () => changeInPlace(name, { changed: { parameter, sum }, attributes });
    expect(update).toThrow(new Error(message));
  });
});

describe.each(backendVariants)('sizes of gradients and weights on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(counts)('sum the squares of %i numbers to the last digits', (count) => {
    const values = a(count);
    const expected = values.reduce((sum, value) => sum + value * value, 0);
    const [sum] = tf.tidy(() => sumOfSquares(tf.tensor1d(values)).dataSync());
    expect(Math.abs(sum / expected - 1)).toBeLessThan(1e-6);
  });

  it.each([
    [1, 1],
    [3, 5],
    [7, 16],
    [2, 17],
    [12, 63],
    [300, 701],
  ])('limit the norms of %i x %i weights by columns, and keep the bits of those below', (rows, columns) => {
    const start = randomNumbers(rows * columns).map((value, i) => value * ((i % columns) % 3));
    const target = variable(start, [rows, columns]);
    const norm = (values: ArrayLike<number>, column: number) =>
      Math.hypot(...Array.from({ length: rows }, (_, row) => values[row * columns + column]));
    const limit = 0.9 * Math.max(norm(start, Math.min(1, columns - 1)), 0.1);
    limitNorms(target, limit);
    const limited = target.dataSync();
    for (let column = 0; column < columns; column++) {
      const before = norm(start, column);
      const factor = before > limit ? limit / before : 1;
      for (let row = 0; row < rows; row++) {
        const at = row * columns + column;
        if (before < limit * (1 - 1e-6)) expect(limited[at]).toBe(start[at]);
        else expect(Math.abs(limited[at] - start[at] * factor)).toBeLessThan(5e-7);
      }
      expect(norm(limited, column)).toBeLessThan(limit * (1 + 1e-6));
    }
  });

  it('leave tensors that share the values of a variable as they were', () => {
    const target = variable(Float32Array.of(3, 4), [2, 1]);
    const shared = tf.reshape(target, [2]);
    limitNorms(target, 1);
    addScaled(target, target, 1);
    expect([...shared.dataSync()]).toEqual([3, 4]);
    expectValues(target.dataSync(), [1.2, 1.6], 1e-6);
    shared.dispose();
  });

  it('keep what is not a number, and cut what is infinite', () => {
    const values = tf.tidy(() =>
      clipped(tf.tensor1d([Number.NaN, Infinity, -Infinity, 0.1, Number.NaN]), 2).dataSync(),
    );
    expect([...values].map((value) => Math.fround(value))).toEqual([NaN, 2, -2, Math.fround(0.1), NaN]);
  });
});

describe('the sum of squares', () => {
  it('has the same bits on any number of threads', async () => {
    const sums = new Set<number>();
    for (const threads of [1, 2, 3, 4]) {
      await useVariant({ title: '', name: 'wasm', options: { threads, simd: 'simd' } });
      sums.add(tf.tidy(() => sumOfSquares(tf.tensor1d(a(200_001))).dataSync()[0]));
    }
    expect(sums.size).toBe(1);
  });
});
