import * as tf from '@tensorflow/tfjs-core';
import { layers, models, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { Embedding } from '../../src/layers/embedding.js';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';

registerLayers();

const table = [
  [0, 1],
  [2, 3],
  [4, 5],
];

/** The layer with the table above. */
function embedding(): Embedding {
  const layer = new Embedding({ inputDim: 3, outputDim: 2, maskZero: true, inputShape: [null] as never });
  layer.build([null, null]);
  layer.setWeights([tf.tensor2d(table)]);
  return layer;
}

describe.each(backendVariants)('Embedding on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it('gives the rows of its ids, of any shape and type', () => {
    const layer = embedding();
    const ids = tf.tensor2d([2, 0, 1, 2, 2, 0], [2, 3], 'int32');
    const vectors = layer.apply(ids) as tf.Tensor;
    expect(vectors.arraySync()).toEqual([
      [table[2], table[0], table[1]],
      [table[2], table[2], table[0]],
    ]);
    expect((layer.apply(tf.cast(ids, 'float32')) as tf.Tensor).arraySync()).toEqual(vectors.arraySync());
    expect((layer.apply(tf.tensor1d([1], 'int32')) as tf.Tensor).arraySync()).toEqual([table[1]]);
    expect((layer.computeMask(ids) as tf.Tensor).arraySync()).toEqual([
      [1, 0, 1],
      [1, 1, 0],
    ]);
  });

  it.each(['int32', 'float32'] as const)(
    'sums the gradients of a row over where its id stands, %s',
    (type) => {
      const layer = embedding();
      const ids = tf.tensor2d([2, 0, 2, 2], [2, 2], type);
      const outer = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [2, 2, 2]);
      const [weight] = layer.trainableWeights.map((variable) => variable.read() as tf.Variable);
      const { grads } = tf.variableGrads(
        () => tf.sum<tf.Scalar>(tf.mul(layer.call(ids, {}) as tf.Tensor, outer)),
        [weight],
      );
      expect(grads[weight.name].arraySync()).toEqual([
        [3, 4],
        [0, 0],
        [1 + 5 + 7, 2 + 6 + 8],
      ]);
    },
  );

  it('leaves no tensor behind', () => {
    const layer = embedding();
    const ids = tf.tensor2d([2, 0, 1, 1], [2, 2], 'int32');
    const before = tf.memory().numTensors;
    const [weight] = layer.trainableWeights.map((variable) => variable.read() as tf.Variable);
    tf.tidy(() => {
      tf.variableGrads(() => tf.sum<tf.Scalar>(layer.call(ids, {}) as tf.Tensor), [weight]);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('is what a saved model with a stock Embedding loads as, with the same config', async () => {
  const stock = sequential({ layers: [layers.embedding({ inputDim: 3, outputDim: 2, inputLength: 2 })] });
  const loaded = await models.modelFromJSON(stock.toJSON(null, false) as never);
  expect(loaded.layers.at(-1)).toBeInstanceOf(Embedding);
  const { name, inputDim, outputDim, inputLength } = stock.layers.at(-1)!.getConfig();
  expect(loaded.layers.at(-1)!.getConfig()).toMatchObject({ name, inputDim, outputDim, inputLength });
});
