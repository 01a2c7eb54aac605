import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { Dropout } from '../../src/layers/dropout.js';
import { dropoutMask } from '../../src/layers/dropout-mask.js';
import { registerLayers } from '../../src/layers/register.js';
import { SpatialDropout1D } from '../../src/layers/spatial-dropout.js';
import { Random } from '../../src/random/random.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomNumbers } from '../backends/random-numbers.js';

registerLayers();

describe.each(backendVariants)('dropout layers on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it('multiply with a mask from the generator that they are given: Dropout', () => {
    tf.tidy(() => {
      const x = tf.tensor2d(randomNumbers(60), [6, 10]);
      const answer = new Dropout({ rate: 0.4 }).call(x, { training: true, random: new Random(5) });
      const expected = tf.mul(x, dropoutMask([6, 10], { rate: 0.4, random: new Random(5) }));
      expect((answer as tf.Tensor).dataSync()).toEqual(expected.dataSync());
    });
  });

  it('drop the same features at every step of a row: SpatialDropout1D', () => {
    tf.tidy(() => {
      const x = tf.ones([7, 4, 9]);
      const layer = new SpatialDropout1D({ rate: 0.5 });
      const answer = layer.call(x, { training: true, random: new Random(5) }) as tf.Tensor;
      const mask = dropoutMask([7, 9], { rate: 0.5, random: new Random(5) });
      const steps = tf.unstack(answer, 1);
      expect(steps).toHaveLength(4);
      for (const step of steps) expect(step.dataSync()).toEqual(mask.dataSync());
    });
  });

  it('leave everything as it is outside of training, and at a rate of 0', () => {
    tf.tidy(() => {
      const x = tf.ones([3, 4, 5]);
      for (const Layer of [Dropout, SpatialDropout1D]) {
        expect(new Layer({ rate: 0.5 }).call(x, {})).toBe(x);
        expect(new Layer({ rate: 0 }).call(x, { training: true })).toBe(x);
      }
    });
  });

  it('repeat a training with the same seed inside a model', () => {
    const model = sequential({
      layers: [
        layers.embedding({ inputDim: 20, outputDim: 8, maskZero: true, inputShape: [6] }),
        new SpatialDropout1D({ rate: 0.5 }) as never,
        layers.globalAveragePooling1d(),
        new Dropout({ rate: 0.5 }) as never,
      ],
    });
    const answer = (seed: number) =>
      tf.tidy(() => {
        const ids = tf.tensor2d(
          Array.from({ length: 24 }, (_, i) => (7 * i) % 20),
          [4, 6],
          'int32',
        );
        return (model.apply(ids, { training: true, random: new Random(seed) }) as tf.Tensor).dataSync();
      });
    expect(answer(1)).toEqual(answer(1));
    expect(answer(1)).not.toEqual(answer(2));
  });
});

describe('dropout layers', () => {
  beforeAll(() => useVariant(backendVariants[0]));

  it('have the config of the stock ones, and take their place where a model is loaded', () => {
    const name = 'same';
    for (const [ours, stock] of [
      [new Dropout({ rate: 0.3, name }), layers.dropout({ rate: 0.3, name })],
      [new SpatialDropout1D({ rate: 0.3, name }), layers.spatialDropout1d({ rate: 0.3, name })],
    ]) {
      expect(ours.getClassName()).toBe(stock.getClassName());
      expect(ours.getConfig()).toEqual(stock.getConfig());
    }
    const { classNameMap } = tf.serialization.SerializationMap.getMap();
    expect(classNameMap.Dropout[0]).toBe(Dropout);
    expect(classNameMap.SpatialDropout1D[0]).toBe(SpatialDropout1D);
  });

  it('do what the stock one does where they have a seed or a noise shape of their own', () => {
    tf.tidy(() => {
      const x = tf.ones([5, 6]);
      for (const args of [
        { rate: 0.5, seed: 3 },
        { rate: 0.5, seed: 3, noiseShape: [5, 1] },
      ]) {
        const answers = [new Dropout(args), layers.dropout(args)].map((layer) =>
          (layer.call(x, { training: true }) as tf.Tensor).dataSync(),
        );
        expect(answers[0]).toEqual(answers[1]);
      }
    });
  });
});
