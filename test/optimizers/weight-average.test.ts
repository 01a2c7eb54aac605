import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Sgd } from '../../src/optimizers/sgd.js';
import {
  type AverageSettings,
  averageWeights,
  type UpdatePlace,
  type WeightAverage,
} from '../../src/optimizers/weight-average.js';
import { backendVariants, ownVariants, useVariant } from '../backends/backend-variants.js';
import { type NamedTensors, readUpdates } from '../golden/read-updates.js';
import { expectWeights, gradientsOf, variablesOf } from './golden-weights.js';

const golden = readUpdates();
const { learningRate, decay, exponential, corrected, means } = golden.averages;

const made: { dispose(): unknown }[] = [];
afterEach(() => {
  for (const each of made.splice(0).reverse()) each.dispose();
  expect(tf.memory().numTensors).toBe(0);
});

function numbered(...values: number[]): tf.Variable {
  const target = tf.tidy(() => tf.variable(tf.tensor1d(values)));
  made.push(target);
  return target;
}

function averageOf(targets: tf.Variable[], settings: AverageSettings): WeightAverage {
  const average = averageWeights(targets, settings);
  made.push(average);
  return average;
}

function move(target: tf.Variable, ...values: number[]): void {
  tf.tidy(() => target.assign(tf.tensor1d(values) as unknown as tf.Variable));
}

/** What a training of these numbers of weights leaves: the average after each update. */
function averagesOf(values: number[], settings: AverageSettings, stepsOfEpoch = values.length): number[] {
  const target = numbered(0);
  const average = averageOf([target], settings);
  return values.map((value, step) => {
    average.hide();
    move(target, value);
    average.note({ step, totalSteps: values.length, endsEpoch: (step + 1) % stepsOfEpoch === 0 });
    average.show();
    return target.dataSync()[0];
  });
}

const cases: [string, AverageSettings, readonly NamedTensors[]][] = [
  ["Keras' use_ema", { name: 'exponential', decay, biasCorrection: false }, exponential],
  ['means with the bias of zeros corrected', { name: 'exponential', decay, biasCorrection: true }, corrected],
  ['plain means', { name: 'stochastic', from: 0, every: 'step' }, means],
];

describe.each(backendVariants)('averaged weights on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(cases)('are %s, beside steps that know nothing of them', (_title, settings, expected) => {
    const weights = variablesOf(golden.initial);
    const plain = variablesOf(
      Object.fromEntries(Object.entries(golden.initial).map(([name, each]) => [`${name}_plain`, each])),
    );
    const optimizer = new Sgd({ learningRate });
    const average = averageWeights(Object.values(weights), settings);
    made.push(...Object.values(weights), ...Object.values(plain), optimizer, average);
    golden.gradients.forEach((step, place) => {
      average.hide();
      tf.tidy(() => optimizer.applyGradients(gradientsOf(step)));
      average.note({ step: place, totalSteps: golden.gradients.length, endsEpoch: false });
      average.show();
      expectWeights(weights, expected[place], 1e-6);
      tf.tidy(() =>
        optimizer.applyGradients(
          Object.fromEntries(
            Object.entries(gradientsOf(step)).map(([name, each]) => [`${name}_plain`, each]),
          ),
        ),
      );
    });
    average.hide();
    for (const [name, each] of Object.entries(weights)) {
      expect(each.dataSync()).toEqual(plain[`${name}_plain`].dataSync());
    }
  });
});

describe.each(ownVariants)('the average of weights on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it('is the weights themselves until there is one', () => {
    const settings = { name: 'stochastic', from: 0.5, every: 'step' } as const;
    expect(averagesOf([1, 2, 4, 8], settings)).toEqual([1, 2, 4, 6]);
    expect(averagesOf([1, 2, 4, 8, 18], settings)).toEqual([1, 2, 4, 6, 10]);
  });

  it('may be one of the weights at the end of each epoch', () => {
    const settings = { name: 'stochastic', from: 0.25, every: 'epoch' } as const;
    expect(averagesOf([1, 2, 4, 8, 16, 32], settings, 2)).toEqual([1, 2, 2, 5, 5, 14]);
    expect(averagesOf([1, 2, 4, 8], { ...settings, from: 0.6 }, 2)).toEqual([1, 2, 4, 8]);
  });

  it('leaves the first weights sooner where its bias is corrected', () => {
    const settings = { name: 'exponential', decay: 0.999 } as const;
    const values = [0, 10, 10, 10, 10];
    const short = averagesOf(values, { ...settings, biasCorrection: true }).at(-1)!;
    const long = averagesOf(values, { ...settings, biasCorrection: false }).at(-1)!;
    expect(short).toBeCloseTo(8, 1);
    expect(long).toBeCloseTo(0.04, 2);
  });

  it('is shown and hidden as often as one likes, and copies nothing for that', () => {
    const target = numbered(1, 2);
    const average = averageOf([target], { name: 'stochastic', from: 0, every: 'step' });
    expect(average.hide()).toBe(false);
    average.show();
    const place: UpdatePlace = { step: 0, totalSteps: 2, endsEpoch: false };
    average.note(place);
    move(target, 3, 6);
    average.note(place);
    const bytes = tf.memory().numBytes;
    average.show();
    average.show();
    expect([...target.dataSync()]).toEqual([2, 4]);
    expect(tf.memory().numDataBuffers).toBe(2);
    expect(average.hide()).toBe(true);
    expect(average.hide()).toBe(false);
    expect([...target.dataSync()]).toEqual([3, 6]);
    expect(tf.memory().numBytes).toBe(bytes);
  });

  it('goes on bit for bit from its slots, which nobody changes afterwards', () => {
    const settings = { name: 'exponential', decay: 0.9, biasCorrection: true } as const;
    const values = [0.1, 0.7, -0.3, 0.9];
    const [expected] = averagesOf(values, settings).slice(-1);
    const target = numbered(0);
    const first = averageOf([target], settings);
    const second = averageOf([target], settings);
    const note = (average: WeightAverage, step: number) => {
      move(target, values[step]);
      average.note({ step, totalSteps: 4, endsEpoch: false });
    };
    note(first, 0);
    note(first, 1);
    const slots = first.slots();
    note(first, 3);
    second.setSlots(slots);
    note(second, 2);
    second.setSlots(slots);
    expect(slots.map(({ name }) => name)).toEqual(['count', '0']);
    tf.dispose(slots.map(({ tensor }) => tensor));
    note(second, 2);
    note(second, 3);
    second.show();
    expect(target.dataSync()[0]).toBe(expected);
  });

  it('refuses slots of other weights', () => {
    const average = averageOf([numbered(0)], { name: 'stochastic', from: 0, every: 'step' });
    const slots = ['count', '0', '1'].map((name) => ({ name, tensor: tf.scalar(1) }));
    expect(() => average.setSlots(slots)).toThrow('Averages of 1 weights are expected, 2 were given');
    expect(() => average.setSlots([])).toThrow('Averages of 1 weights');
    tf.dispose(slots.map(({ tensor }) => tensor));
  });
});
