import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { WasmBackend } from '../../src/backends/wasm/wasm-backend.js';
import { encodeTexts } from '../../src/batches/encode-texts.js';
import { padBatch } from '../../src/batches/pad-batch.js';
import { fillConfig } from '../../src/config/fill-config.js';
import { buildModel } from '../../src/model/build-model.js';
import { predictProbabilities } from '../../src/model/predict-probabilities.js';
import { Adam } from '../../src/optimizers/adam.js';
import { Random } from '../../src/random/random.js';
import { makeTrainStep } from '../../src/training/train-step.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { tinyVocabulary } from '../runs/tiny-run.js';
import { tinyTask } from './tiny-task.js';

const texts = [
  'good film',
  'not good',
  'bad',
  '',
  'a great great film',
  'the film not boring',
  'boring',
  'the',
];
const encoded = encodeTexts(texts, tinyVocabulary);
/** Batches of several shapes, one of them with an example of no tokens. */
const rowsOfBatches = [
  [0, 1, 2],
  [3, 4],
  [5, 6, 7],
  [4, 5, 0, 1],
].map((rows) => Int32Array.from(rows));
const batches = rowsOfBatches.map((rows) => padBatch(encoded, rows));

const used = () => {
  const { heapBytes, heapUsedBytes } = (tf.backend() as WasmBackend).memory();
  return { tensors: tf.memory().numTensors, heapBytes, heapUsedBytes };
};

function tinyModel(labelCount: number, resetAfter: boolean) {
  const layers = [3, 2].map((units) => ({ cell: 'gru', units, resetAfter }));
  const config = fillConfig({ model: { embedding: { units: 3 }, layers } }, 'test');
  return buildModel(config.model, { idCount: tinyVocabulary.idCount, task: tinyTask(labelCount), seed: 1 });
}

const variants = backendVariants.filter(({ title }) => title.includes('relaxed'));

describe.each(variants)('memory on $title', (variant) => {
  it.each([
    [3, true],
    [2, false],
  ])(
    'does not grow over 1,000 steps with %i labels, resetAfter: %s, nor stay behind',
    async (labelCount, resetAfter) => {
      await useVariant(variant);
      const empty = used();
      const model = tinyModel(labelCount, resetAfter);
      const optimizer = new Adam();
      const trainStep = makeTrainStep(model, { task: tinyTask(labelCount), optimizer });
      const labels = Int32Array.from(texts, (_, i) => i % labelCount);
      const steps = (count: number) => {
        for (let step = 0; step < count; step++) {
          const batch = batches[step % batches.length];
          const chosen = { targets: { values: labels }, examples: rowsOfBatches[step % batches.length] };
          expect(Number.isFinite(trainStep(batch, chosen).loss)).toBe(true);
        }
      };
      steps(8);
      const before = used();
      steps(1_000);
      expect(used()).toEqual(before);
      // Weights, and two moments of each.
      expect(before.tensors).toBe(empty.tensors + 3 * model.weights.length);
      optimizer.dispose();
      model.dispose();
      expect(used()).toEqual({ ...empty, heapBytes: before.heapBytes });
    },
  );

  it.each([
    ['against itself', { adversarial: { epsilon: 0.1, weight: 1 } }],
    ['twice', { rDrop: { weight: 1 } }],
  ])('does not grow over 300 steps that learn from a batch %s', async (_title, settings) => {
    await useVariant(variant);
    const rates = { zoneout: 0.2, weightDropout: 0.2, recurrentDropout: 0.2 };
    const layers = [{ cell: 'lstm', units: 3, bidirectional: 'sum', cellZoneout: 0.2, ...rates }];
    const embedding = { units: 3, wordDropout: 0.3, dropout: 0.2, ngrams: 3, ngramVectors: 20 };
    const { idCount } = tinyVocabulary;
    const config = fillConfig({ model: { embedding, layers, dropout: 0.2 } }, 'test');
    const model = buildModel(config.model, { idCount, task: tinyTask(), seed: 1 });
    const optimizer = new Adam();
    const random = new Random('drop');
    const trainStep = makeTrainStep(model, { task: tinyTask(), optimizer, random, ...settings });
    const labels = Int32Array.from(texts, (_, i) => i % 2);
    const steps = (count: number) => {
      for (let step = 0; step < count; step++) {
        const examples = rowsOfBatches[step % batches.length];
        trainStep(batches[step % batches.length], { targets: { values: labels }, examples });
      }
    };
    steps(8);
    const before = used();
    steps(300);
    expect(used()).toEqual(before);
    optimizer.dispose();
    model.dispose();
  });

  it('does not grow over 200 predictions', async () => {
    await useVariant(variant);
    const model = tinyModel(3, true);
    const predict = () => predictProbabilities(model, encoded, { batchSize: 3 });
    const first = await predict();
    const before = used();
    for (let turn = 0; turn < 200; turn++) await predict();
    expect(used()).toEqual(before);
    expect(await predict()).toEqual(first);
    model.dispose();
  });
});
