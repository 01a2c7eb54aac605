import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeOptimizer, optimizerSettings } from '../../src/optimizers/optimizer-table.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { readUpdates } from '../golden/read-updates.js';
import { expectWeights, gradientsOf, variablesOf } from './golden-weights.js';

const golden = readUpdates();
const cases = golden.optimizers.map((each) => ({
  ...each,
  title: `${each.name} ${JSON.stringify(each.options)}`,
}));

const made: { dispose(): unknown }[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
  expect(tf.memory().numTensors).toBe(0);
});

async function begin({ name, options }: (typeof cases)[number]) {
  const optimizer = await makeOptimizer(optimizerSettings.parse({ name, ...options }));
  const weights = variablesOf(golden.initial);
  made.push(optimizer, ...Object.values(weights));
  const step = (place: number) =>
    tf.tidy(() => optimizer.applyGradients(gradientsOf(golden.gradients[place])));
  return { optimizer, weights, step };
}

describe.each(backendVariants)('the optimizers on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(cases)("move weights as Keras' do: $title", async (each) => {
    const { weights, step } = await begin(each);
    step(0);
    expectWeights(weights, each.first, 1e-6);
    for (let place = 1; place < golden.gradients.length; place++) step(place);
    expectWeights(weights, each.last, 2e-6);
  });

  it.each(cases)('go on bit for bit where they stopped, and leave nothing behind: $title', async (each) => {
    const whole = await begin(each);
    for (let place = 0; place < 4; place++) whole.step(place);
    const expected = Object.values(whole.weights).map((weight) => weight.dataSync());
    const kept = whole.optimizer.slots(Object.values(whole.weights));
    for (const one of made.splice(0)) one.dispose();
    tf.dispose(kept.map(({ tensor }) => tensor));

    const first = await begin(each);
    first.step(0);
    first.step(1);
    const variables = Object.values(first.weights);
    const slots = first.optimizer.slots(variables);
    const second = await makeOptimizer(optimizerSettings.parse({ name: each.name, ...each.options }));
    made.push(second);
    second.setSlots(variables, slots);
    tf.dispose(slots.map(({ tensor }) => tensor));
    for (const place of [2, 3]) tf.tidy(() => second.applyGradients(gradientsOf(golden.gradients[place])));
    expect(variables.map((weight) => weight.dataSync())).toEqual(expected);
  });
});

describe('the optimizers', () => {
  it('have golden values of Keras, each one of them that moves weights by gradients', async () => {
    const { gradientOptimizers } = await import('../../src/optimizers/optimizer-table.js');
    expect(new Set(golden.optimizers.map(({ name }) => name))).toEqual(new Set(gradientOptimizers));
  });
});
