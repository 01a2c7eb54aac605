import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { MaskedAdd } from '../../src/layers/add.js';
import { GRU } from '../../src/layers/gru.js';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomNumbers } from '../backends/random-numbers.js';
import { expectValues } from './expect-values.js';

registerLayers();

const usual = {
  units: 4,
  activation: 'tanh',
  recurrentActivation: 'sigmoid',
  returnSequences: true,
} as const;

describe.each(backendVariants)('Add on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it('adds, and hands on a mask for the layer behind a residual connection', () => {
    const ids = input({ shape: [null], dtype: 'int32' });
    const embedded = layers.embedding({ inputDim: 9, outputDim: 4, maskZero: true }).apply(ids);
    const read = new GRU(usual).apply(embedded);
    const sum = new MaskedAdd().apply([embedded, read] as never) as typeof ids;
    const last = new GRU({ ...usual, returnSequences: false }).apply(sum) as typeof ids;
    const all = model({ inputs: ids, outputs: [embedded as typeof ids, read as typeof ids, sum, last] });
    tf.tidy(() => {
      const answers = [
        [3, 4, 0, 0],
        [3, 4],
      ].map((row) =>
        (all.predict(tf.tensor2d([row], undefined, 'int32')) as tf.Tensor[]).map((tensor) =>
          tensor.dataSync(),
        ),
      );
      const [embeddedValues, readValues, sumValues, lastValues] = answers[0];
      expect(sumValues).toEqual(embeddedValues.map((value, i) => value + readValues[i]));
      expectValues(lastValues, answers[1][3], 1e-6);
    });
    all.dispose();
  });

  it('counts a step that counts in any input, and has no mask where an input has none', () => {
    tf.tidy(() => {
      const [one, other] = [
        [1, 0, 0],
        [0, 1, 0],
      ].map((row) => tf.tensor2d([row], undefined, 'bool'));
      const layer = new MaskedAdd();
      expect([...layer.computeMask([], [one, other]).dataSync()]).toEqual([1, 1, 0]);
      expect(layer.computeMask([], [one, one])).toBe(one);
      expect(layer.computeMask([], [one, null as never])).toBeNull();
      expect(layer.computeMask([], undefined)).toBeNull();
    });
  });

  it('lets gradients through to both inputs', () => {
    tf.tidy(() => {
      const [a, b, cotangent] = [1, 2, 3].map((seed) => tf.tensor3d(randomNumbers(24, { seed }), [2, 3, 4]));
      const layer = new MaskedAdd();
      const gradients = tf.grads((one, other) => layer.apply([one, other]) as tf.Tensor)([a, b], cotangent);
      for (const gradient of gradients) expect(gradient.dataSync()).toEqual(cotangent.dataSync());
    });
  });
});

describe('Add', () => {
  it('has the config of the stock layer', () => {
    const [ours, stock] = [new MaskedAdd({ name: 'one' }), layers.add({ name: 'one' } as never)] as const;
    expect(ours.getClassName()).toBe(`Masked${stock.getClassName()}`);
    expect(ours.getConfig()).toEqual(stock.getConfig());
  });
});
