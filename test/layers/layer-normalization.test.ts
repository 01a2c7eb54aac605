import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { GRU } from '../../src/layers/gru.js';
import { LayerNormalization } from '../../src/layers/layer-normalization.js';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomNumbers } from '../backends/random-numbers.js';
import { readLayerGolden } from '../golden/read-golden.js';
import { expectValues } from './expect-values.js';
import { expectGoldenLayer } from './golden-layer.js';

registerLayers();

/** Output in float64. */
function reference(x: ArrayLike<number>, gamma: ArrayLike<number>, beta: ArrayLike<number>): Float64Array {
  const columns = gamma.length;
  const output = new Float64Array(x.length);
  for (let first = 0; first < x.length; first += columns) {
    const row = Array.from({ length: columns }, (_, column) => x[first + column]);
    const mean = row.reduce((sum, number) => sum + number, 0) / columns;
    const variance = row.reduce((sum, number) => sum + (number - mean) ** 2, 0) / columns;
    row.forEach((value, i) => {
      output[first + i] = (gamma[i] * (value - mean)) / Math.sqrt(variance + 1e-3) + beta[i];
    });
  }
  return output;
}

describe.each(backendVariants)('LayerNormalization on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(readLayerGolden('layer-normalization').cases)(
    "gives Keras' output and gradients: $name",
    (golden) => {
      expectGoldenLayer(new LayerNormalization(golden.options), golden);
    },
  );

  it('has the gradients that differences of its output have, whatever its shape', () => {
    const size = (max: number) => fc.integer({ min: 2, max });
    fc.assert(
      fc.property(size(6), size(19), fc.nat(1_000), (rows, columns, seed) => {
        const numbers = (count: number, offset: number) => randomNumbers(count, { seed: seed + offset });
        const values = [numbers(rows * columns, 0), numbers(columns, 1), numbers(columns, 2)];
        const cotangent = numbers(rows * columns, 3);
        const layer = new LayerNormalization();
        layer.build([rows, columns]);
        const gradients = tf.tidy(() => {
          layer.setWeights(values.slice(1).map((weight) => tf.tensor1d(weight)));
          const x = tf.tensor2d(values[0], [rows, columns]);
          const outer = tf.tensor2d(cotangent, [rows, columns]);
          const run = (input: tf.Tensor) => layer.call(input, {}) as tf.Tensor;
          const weights = layer.trainableWeights.map((weight) => weight.read() as tf.Variable);
          const { grads } = tf.variableGrads(() => tf.sum(tf.mul(run(x), outer)) as tf.Scalar, weights);
          return [tf.grad(run)(x, outer), ...weights.map(({ name }) => grads[name])].map((gradient) =>
            gradient.dataSync(),
          );
        });
        for (const weight of layer.weights) weight.dispose();
        gradients.forEach((gradient, which) => {
          const direction = randomNumbers(gradient.length, { seed: 77 });
          const loss = (by: number) => {
            const [x, gamma, beta] = values.map((numbers, i) =>
              i === which ? Float64Array.from(numbers, (value, j) => value + by * direction[j]) : numbers,
            );
            return reference(x, gamma, beta).reduce((sum, value, i) => sum + value * cotangent[i], 0);
          };
          const slope = (loss(1e-6) - loss(-1e-6)) / 2e-6;
          let [product, sum] = [0, 0];
          gradient.forEach((value, i) => {
            product += value * direction[i];
            sum += Math.abs(value * direction[i]);
          });
          // Two equal numbers in a row leave a slope of up to 1 / sqrt(epsilon), 32: its rounding is that of larger numbers.
          expectValues([product], [slope], 2e-5 * (1 + sum));
        });
      }),
      { numRuns: 25 },
    );
  });

  it('shares large inputs among its threads, and leaves no tensor behind', () => {
    const layer = new LayerNormalization();
    layer.build([20, 30, 201]);
    const x = tf.tensor3d(randomNumbers(20 * 30 * 201), [20, 30, 201]);
    const before = tf.memory().numTensors;
    const output = layer.call(x, {}) as tf.Tensor;
    const ones = new Float64Array(201).fill(1);
    expectValues(
      output.dataSync(),
      reference(
        x.dataSync(),
        ones,
        ones.map(() => 0),
      ),
      3e-6,
    );
    const { value, grads } = tf.variableGrads(() => tf.sum(layer.call(x, {}) as tf.Tensor) as tf.Scalar);
    const variables = layer.weights.map((weight) => weight.read() as tf.Variable);
    expectValues(grads[variables[1].name].dataSync(), new Float32Array(201).fill(600), 1e-3);
    tf.dispose([output, value, ...Object.values(grads)]);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose([x, ...variables]);
  });

  it('normalizes along another axis as the stock layer does', () => {
    tf.tidy(() => {
      const x = tf.tensor3d(randomNumbers(60), [3, 4, 5]);
      const [one, other] = [new LayerNormalization({ axis: 1 }), layers.layerNormalization({ axis: 1 })].map(
        (layer) => (layer.apply(x) as tf.Tensor).dataSync(),
      );
      expect(one).toEqual(other);
    });
  });

  it('hands the mask on to the layer behind it', () => {
    const gru = { units: 3, activation: 'tanh', recurrentActivation: 'sigmoid' } as const;
    const model = sequential({
      layers: [
        layers.embedding({ inputDim: 9, outputDim: 4, maskZero: true, inputShape: [null] as never }),
        new LayerNormalization() as never,
        new GRU(gru) as never,
      ],
    });
    tf.tidy(() => {
      const [padded, alone] = [
        [3, 4, 0, 0],
        [3, 4],
      ].map((ids) => (model.predict(tf.tensor2d([ids], undefined, 'int32')) as tf.Tensor).dataSync());
      expectValues(padded, alone, 1e-6);
    });
    model.dispose();
  });
});

describe('LayerNormalization', () => {
  it('has the config of the stock layer', () => {
    const [ours, stock] = [
      new LayerNormalization({ name: 'one' }),
      layers.layerNormalization({ name: 'one' }),
    ];
    expect(ours.getClassName()).toBe(stock.getClassName());
    expect(ours.getConfig()).toEqual(stock.getConfig());
  });
});
