import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Sgd } from '../../src/optimizers/sgd.js';
import { updateWeights } from '../../src/training/update-weights.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { readUpdates } from '../golden/read-updates.js';
import { expectClose } from '../layers/expect-close.js';
import { gradientsOf, variablesOf } from '../optimizers/golden-weights.js';

const golden = readUpdates();

const made: { dispose(): unknown }[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
  expect(tf.memory().numTensors).toBe(0);
});

/** One update with rate 1, of which as many gradients as there are weights are 0 unless they are given. */
function updated(settings: Parameters<typeof updateWeights>[2], gradients = zeros()) {
  for (const each of made.splice(0)) each.dispose();
  const weights = variablesOf(golden.initial);
  const optimizer = new Sgd({ learningRate: 1 });
  made.push(...Object.values(weights), optimizer);
  const update = updateWeights(Object.values(weights), optimizer, settings);
  const { norm } = tf.tidy(() => ({ norm: update(gradientsOf(gradients)) }));
  const moves = Object.entries(weights).map(([name, weight]) => {
    const start = golden.initial[name].values;
    return [name, Array.from(weight.dataSync(), (value, i) => start[i] - value)] as const;
  });
  return { weights, norm, moves: Object.fromEntries(moves) };
}

function zeros(): typeof golden.initial {
  return Object.fromEntries(
    Object.entries(golden.initial).map(([name, each]) => [
      name,
      { ...each, values: new Float32Array(each.values.length) },
    ]),
  );
}

describe.each(backendVariants)('an update of weights on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it("has the gradient of Keras' penalty, for kernels alone", () => {
    const { factor, kernelGradient } = golden.l2;
    const { moves } = updated({ l2: { factor, weights: 'kernels' } });
    tf.tidy(() => expectClose(tf.tensor(moves.kernel, kernelGradient.shape), kernelGradient, 2e-7));
    expect(moves.recurrent_kernel.some((move) => move !== 0)).toBe(true);
    for (const name of ['embeddings', 'bias', 'gamma'])
      expect(moves[name].every((move) => move === 0)).toBe(true);
  });

  it('has it for all weights where it is asked for', () => {
    const { moves } = updated({ l2: { factor: 0.25, weights: 'all' } });
    for (const [name, { values }] of Object.entries(golden.initial)) {
      moves[name].forEach((move, i) => {
        expect(Math.abs(move - values[i] / 2)).toBeLessThan(1e-6);
      });
    }
  });

  it('clips the gradients of the loss and of the penalty together, and tells their norm', () => {
    const settings = { l2: { factor: 0.25, weights: 'all' }, clip: { norm: 0.5 } } as const;
    const gradients = golden.gradients[0];
    const whole = Object.entries(gradients).flatMap(([name, { values }]) =>
      Array.from(values, (value, i) => value + golden.initial[name].values[i] / 2),
    );
    const expected = Math.hypot(...whole);
    const { norm, moves } = updated(settings, gradients);
    expect(Math.abs(norm! / expected - 1)).toBeLessThan(1e-6);
    Object.values(moves)
      .flat()
      .forEach((move, i) => {
        expect(Math.abs(move - (whole[i] * 0.5) / expected)).toBeLessThan(1e-6);
      });
    expect(updated({ clip: { value: 0.5 } }, gradients).norm).toBeUndefined();
    expect(updated({}, gradients).norm).toBeUndefined();
  });

  it('limits norms of kernels after it has moved them, and of nothing else', () => {
    const { limit, kernel } = golden.maxNorm;
    const { weights, moves } = updated({ maxNorm: limit });
    expectClose(weights.kernel, kernel, 5e-7);
    for (const name of ['embeddings', 'bias', 'gamma'])
      expect(moves[name].every((move) => move === 0)).toBe(true);
    const far = Object.fromEntries(
      Object.entries(zeros()).map(([name, each]) => [name, { ...each, values: each.values.map(() => -10) }]),
    ) as typeof golden.initial;
    const { weights: moved } = updated({ maxNorm: limit }, far);
    const norms = tf.tidy(() => tf.sqrt(tf.sum(tf.square(moved.kernel), 0)).dataSync());
    for (const norm of norms) expect(Math.abs(norm - limit)).toBeLessThan(1e-6);
    tf.tidy(() => expectClose(tf.sub(moved.bias, 10), golden.initial.bias, 2e-6));
  });
});
