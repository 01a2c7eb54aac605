import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { loadConfig } from '../../src/config/load-config.js';
import type { ModelConfig } from '../../src/config/schema.js';
import { type BuildOptions, buildModel } from '../../src/model/build-model.js';
import { logitsOf } from '../../src/model/logits.js';
import { backendVariants, hasOurKernels, useVariant } from '../backends/backend-variants.js';
import { expectValues } from '../layers/expect-values.js';
import { tinyTask } from '../training/tiny-task.js';

const models: LayersModel[] = [];
afterEach(() => {
  for (const model of models.splice(0)) model.dispose();
});

function modelConfig(layers: object[], units = 6): ModelConfig {
  return fillConfig({ model: { embedding: { units }, layers } }, 'test').model;
}

const small = modelConfig([
  { cell: 'gru', units: 5, resetAfter: true },
  { cell: 'gru', units: 4, resetAfter: false },
]);

function build(config: ModelConfig, options: Partial<BuildOptions> = {}): LayersModel {
  const model = buildModel(config, { idCount: 20, task: tinyTask(), seed: 1, ...options });
  models.push(model);
  return model;
}

const numbersOf = (model: LayersModel) => model.getWeights().map((weight) => weight.dataSync<'float32'>());
const predict = (model: LayersModel, ids: number[][]) =>
  tf.tidy(() => (model.predict(tf.tensor2d(ids, undefined, 'int32')) as tf.Tensor).dataSync<'float32'>());

describe('buildModel', () => {
  beforeAll(() => useVariant(backendVariants[1]));

  it('chains embedding, recurrent layers and a dense layer, each with its name and shape', () => {
    const model = build(small);
    expect(model.layers.map((layer) => [layer.name, layer.getClassName(), layer.outputShape])).toEqual([
      ['ids', 'InputLayer', [null, null]],
      ['embedding', 'Embedding', [null, null, 6]],
      ['gru_1', 'GRU', [null, null, 5]],
      ['gru_2', 'GRU', [null, 4]],
      ['label', 'Dense', [null, 1]],
    ]);
    expect(model.weights.map((weight) => [weight.originalName, weight.shape])).toEqual([
      ['embedding/embeddings', [20, 6]],
      ['gru_1/kernel', [6, 15]],
      ['gru_1/recurrent_kernel', [5, 15]],
      ['gru_1/bias', [2, 15]],
      ['gru_2/kernel', [5, 12]],
      ['gru_2/recurrent_kernel', [4, 12]],
      ['gru_2/bias', [12]],
      ['label/kernel', [4, 1]],
      ['label/bias', [1]],
    ]);
  });

  it.each([
    ['gru2', 1_606_273],
    ['gru2-classic', 1_605_505],
    // Counted by Keras' `count_params` for the same layers.
    ['simple-rnn', 1_441_025],
    ['lstm', 1_671_297],
    ['bigru', 1_606_401],
    // Embedding 1,408,000; 3 x (2 x 128 x 128 + 128); Dense 129.
    ['deep-rnn', 1_506_817],
    // Embedding; 2 x 4 x (128 + 64 + 1) x 64, twice; Dense 129.
    ['bilstm', 1_605_761],
    // Embedding; 3 x 128 x 250 + 250; Dense 251.
    ['cnn', 1_504_501],
  ])('gives %s of 11,000 ids %i parameters', async (name, parameters) => {
    const { config } = await loadConfig(name);
    expect(config.text.vocabularySize + config.text.oovBuckets).toBe(11_000);
    expect(build(config.model, { idCount: 11_000 }).countParams()).toBe(parameters);
  });

  it('begins with the same weights for the same seed, and with others for another', () => {
    const [one, same, other] = [1, 1, 2].map((seed) => numbersOf(build(small, { seed })));
    expect(same).toEqual(one);
    other.forEach((numbers, i) => {
      const biases = one[i].every((value) => value === 0);
      if (biases) expect(numbers).toEqual(one[i]);
      else expect(numbers).not.toEqual(one[i]);
    });
  });

  it('gives layers of the same shape weights of their own', () => {
    const twin = { cell: 'gru', units: 6, resetAfter: true };
    const [, kernel1, recurrent1, , kernel2, recurrent2] = numbersOf(build(modelConfig([twin, twin])));
    expect(kernel1).toHaveLength(kernel2.length);
    expect(kernel1).not.toEqual(kernel2);
    expect(recurrent1).not.toEqual(recurrent2);
    expect(kernel1).not.toEqual(recurrent1);
  });

  it("draws them as Keras does: the embedding within 0.05, kernels within Glorot's bound, no bias", () => {
    const model = build(modelConfig([{ cell: 'gru', units: 32 }], 16), { idCount: 100 });
    const [embedding, kernel, , bias, label, labelBias] = numbersOf(model);
    const largest = (values: Float32Array) => Math.max(...values.map(Math.abs));
    const nearly = (values: Float32Array, bound: number) => {
      expect(largest(values)).toBeLessThanOrEqual(bound);
      expect(largest(values)).toBeGreaterThan(0.8 * bound);
    };
    nearly(embedding, Math.fround(0.05));
    nearly(kernel, Math.sqrt(6 / (16 + 96)));
    nearly(label, Math.sqrt(6 / 33));
    expect([largest(bias), largest(labelBias)]).toEqual([0, 0]);
  });

  it('takes the first seed for what it is, not for no seed', () => {
    expect(numbersOf(build(small, { seed: 0 }))).toEqual(numbersOf(build(small, { seed: 0 })));
  });
});

describe.each(backendVariants)('a built model on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  const examples = [[3, 1, 4, 1, 5, 9], [2, 6], [], [5, 3, 5], [8, 9, 7, 9, 3, 2, 3, 8], [4]];
  const padded = (rows: number[][], time: number) =>
    rows.map((row) => [...row, ...new Array(time - row.length).fill(0)]);

  it('gives one probability for two labels, and one for each of more, which sum to 1', () => {
    const two = predict(build(small), padded(examples, 8));
    expect(two).toHaveLength(6);
    expect(two.every((value) => value > 0 && value < 1)).toBe(true);
    const three = predict(build(small, { task: tinyTask(3) }), padded(examples, 8));
    expect(three).toHaveLength(18);
    for (let row = 0; row < 6; row++) {
      const ofRow = three.subarray(3 * row, 3 * row + 3);
      expect(ofRow[0] + ofRow[1] + ofRow[2]).toBeCloseTo(1, 6);
    }
    // Nothing but the examples tells the rows apart.
    expect(new Set(two).size).toBe(6);
  });

  it('answers an example the same alone, in a batch, and with more padding', () => {
    const model = build(small);
    const together = predict(model, padded(examples, 11));
    examples.forEach((example, row) => {
      const alone = predict(model, padded([example], Math.max(1, example.length)));
      expectValues(alone, [together[row]], hasOurKernels(variant) ? 0 : 1e-6);
    });
    const backwards = predict(model, padded([...examples].reverse(), 8));
    expectValues([...backwards].reverse(), together, hasOurKernels(variant) ? 0 : 1e-6);
  });

  it('computes its probabilities from its logits', () => {
    for (const labelCount of [2, 4]) {
      const model = build(small, { task: tinyTask(labelCount) });
      tf.tidy(() => {
        const ids = tf.tensor2d(padded(examples, 8), undefined, 'int32');
        const logits = logitsOf(model)(ids, {});
        expect(logits.shape).toEqual([6, labelCount === 2 ? 1 : 4]);
        const probabilities = labelCount === 2 ? tf.sigmoid(logits) : tf.softmax(logits);
        expectValues(probabilities.dataSync(), (model.predict(ids) as tf.Tensor).dataSync(), 1e-6);
      });
    }
  });
});
