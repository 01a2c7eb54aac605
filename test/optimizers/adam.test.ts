import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Adam, type AdamOptions } from '../../src/optimizers/adam.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomNumbers } from '../backends/random-numbers.js';
import { expectValues } from '../layers/expect-values.js';

const made: { dispose(): unknown }[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
});

function adam(options?: AdamOptions): Adam {
  const optimizer = new Adam(options);
  made.push(optimizer);
  return optimizer;
}

function variable(values: ArrayLike<number>, shape: number[] = [values.length]): tf.Variable {
  const target = tf.tidy(() => tf.variable(tf.tensor(Float32Array.from(values), shape)));
  made.push(target);
  return target;
}

/** One step with these gradients. */
function step(optimizer: Adam, target: tf.Variable, gradient: Float32Array): void {
  tf.tidy(() => {
    optimizer.applyGradients({ [target.name]: tf.tensor(gradient, target.shape) });
  });
}

/** Gradients of different sizes, some of them as small as epsilon. */
const gradientOf = (count: number, seed: number) =>
  randomNumbers(count, { seed }).map((value, i) => value * [1, 1e-3, 1e-7, 0][i % 4]);

/** Keras' Adam in float64. */
function reference(
  start: Float32Array,
  gradients: readonly Float32Array[],
  options: Required<AdamOptions>,
): Float64Array {
  const { learningRate, beta1, beta2, epsilon } = options;
  return Float64Array.from(start, (value, i) => {
    let [w, m, v] = [value, 0, 0];
    gradients.forEach((gradient, before) => {
      const t = before + 1;
      m = beta1 * m + (1 - beta1) * gradient[i];
      v = beta2 * v + (1 - beta2) * gradient[i] ** 2;
      w -= (((learningRate * Math.sqrt(1 - beta2 ** t)) / (1 - beta1 ** t)) * m) / (Math.sqrt(v) + epsilon);
    });
    return w;
  });
}

const defaults = { learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
const others = { learningRate: 0.05, beta1: 0.5, beta2: 0.9, epsilon: 1e-3 };

describe.each(backendVariants)('Adam on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each([
    [1, undefined],
    [7, undefined],
    [1_003, others],
  ])("moves %i numbers as Keras' does", (count, options) => {
    const start = randomNumbers(count);
    const gradients = [1, 2, 3, 4, 5].map((seed) => gradientOf(count, seed));
    const [optimizer, target] = [adam(options), variable(start)];
    for (const gradient of gradients) step(optimizer, target, gradient);
    expectValues(target.dataSync(), reference(start, gradients, options ?? defaults), 5e-7);
  });

  it('takes its gradients by name or as a list, and any number of variables', () => {
    const [one, two] = [variable([1, 2]), variable([3], [1, 1])];
    const [first, second] = [adam(), adam()];
    const gradients = { [one.name]: tf.tensor1d([0.5, -0.5]), [two.name]: tf.tensor2d([[2]]) };
    first.applyGradients(gradients);
    const moved = [...one.dataSync(), ...two.dataSync()];
    tf.tidy(() => {
      one.assign(tf.tensor1d([1, 2]) as unknown as tf.Variable);
      two.assign(tf.tensor2d([[3]]) as unknown as tf.Variable);
    });
    second.applyGradients(Object.entries(gradients).map(([name, tensor]) => ({ name, tensor })));
    expect([...one.dataSync(), ...two.dataSync()]).toEqual(moved);
    // The first step of Adam is the learning rate, whatever the size of the gradient.
    expectValues(moved, [0.999, 2.001, 2.999], 1e-6);
    tf.dispose(gradients);
  });

  it('leaves tensors that shared the values of a variable as they were', () => {
    const target = variable([1, 2, 3, 4], [2, 2]);
    const optimizer = adam({ learningRate: 1 });
    const gradient = Float32Array.of(1, 1, -1, -1);
    for (let turn = 0; turn < 3; turn++) {
      const before = [...target.dataSync()];
      const shared = [
        target.clone(),
        tf.reshape(target, [4]),
        tf.transpose(target, [0, 1]),
        tf.cast(target, 'float32'),
      ];
      step(optimizer, target, gradient);
      expect([...target.dataSync()]).not.toEqual(before);
      for (const tensor of shared) expect([...tensor.dataSync()]).toEqual(before);
      tf.dispose(shared);
    }
  });

  it('goes on bit for bit where another one stopped', async () => {
    const count = 50;
    const start = randomNumbers(count);
    const [whole, target] = [adam(), variable(start)];
    for (const seed of [1, 2, 3, 4]) step(whole, target, gradientOf(count, seed));
    const expected = target.dataSync();

    const [first, other] = [adam(), variable(start)];
    for (const seed of [1, 2]) step(first, other, gradientOf(count, seed));
    const [iterations, ...slots] = await first.getWeights();
    expect(iterations.tensor.dataSync()[0]).toBe(2);
    expect(slots.map(({ name }) => name)).toEqual([`${other.name}/m`, `${other.name}/v`]);
    const second = adam();
    await second.setWeights([iterations, ...slots]);
    iterations.tensor.dispose();
    // What it took is its own: the first one may go on, or go.
    step(first, variable(start), gradientOf(count, 9));
    first.dispose();
    made.splice(made.indexOf(first), 1);
    for (const seed of [3, 4]) step(second, other, gradientOf(count, seed));
    expect(other.dataSync()).toEqual(expected);
    expect(second.iterations).toBe(4);
  });

  it("trains a model that TF.js' own fit runs", async () => {
    const model = sequential({
      layers: [
        layers.dense({ units: 8, activation: 'tanh', inputShape: [2], kernelInitializer: 'ones' }),
        layers.dense({ units: 1, activation: 'sigmoid' }),
      ],
    });
    made.push(model);
    const x = tf.tensor2d(randomNumbers(128, { seed: 5 }), [64, 2]);
    const y = tf.tidy(() => tf.cast(tf.greater(tf.sum(x, 1, true), 0), 'float32'));
    model.compile({
      optimizer: adam({ learningRate: 0.05 }),
      loss: 'binaryCrossentropy',
      metrics: ['accuracy'],
    });
    const { history } = await model.fit(x, y, { epochs: 12, batchSize: 16, verbose: 0 });
    const [losses, accuracies] = [history.loss as number[], history.acc as number[]];
    expect(losses.at(-1)!).toBeLessThan(losses[0] / 2);
    expect(accuracies.at(-1)!).toBeGreaterThan(0.95);
    tf.dispose([x, y]);
  });

  it('minimizes a loss, with a learning rate that may change on the way', () => {
    const target = variable([5]);
    const optimizer = adam({ learningRate: 0.5 });
    const loss = () => tf.sum(tf.square(target)) as tf.Scalar;
    for (let turn = 0; turn < 40; turn++) {
      if (turn === 25) optimizer.learningRate = 0.05;
      optimizer.minimize(loss);
    }
    expect(Math.abs(target.dataSync()[0])).toBeLessThan(1);
    optimizer.learningRate = 0;
    const before = target.dataSync()[0];
    optimizer.minimize(loss);
    expect(target.dataSync()[0]).toBe(before);
  });

  it('keeps two tensors for each variable, and frees them', () => {
    const [one, two] = [variable([1, 2]), variable([3])];
    const before = tf.memory().numTensors;
    const optimizer = new Adam();
    for (let turn = 0; turn < 3; turn++) {
      step(optimizer, one, Float32Array.of(1, 2));
      step(optimizer, two, Float32Array.of(3));
      expect(tf.memory().numTensors).toBe(before + 4);
    }
    optimizer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses a gradient that belongs to no variable', () => {
    const gradient = tf.tensor1d([1]);
    expect(() => adam().applyGradients({ nobody: gradient })).toThrow(
      'There is a gradient for "nobody", but no variable of that name',
    );
    gradient.dispose();
  });
});

describe('Adam', () => {
  it('gives the same bits on one thread as on four, and as TF.js would but for rounding', async () => {
    const count = 150_001;
    const results: Float32Array[] = [];
    for (const threads of [1, 4, undefined]) {
      if (threads) await useVariant({ title: '', name: 'wasm', options: { threads, simd: 'simd' } });
      else await useVariant(backendVariants[0]);
      const [optimizer, target] = [adam(), variable(randomNumbers(count))];
      for (const seed of [1, 2]) step(optimizer, target, gradientOf(count, seed));
      results.push(target.dataSync<'float32'>());
      for (const each of made.splice(0)) each.dispose();
    }
    expect(results[1]).toEqual(results[0]);
    expectValues(results[2], results[0], 3e-7);
  });

  it('tells its settings, with the defaults of Keras', () => {
    expect(new Adam().getConfig()).toEqual(defaults);
    expect(new Adam(others).getConfig()).toEqual(others);
    expect(new Adam().getClassName()).toBe('Adam');
  });
});
