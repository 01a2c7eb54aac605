import * as tf from '@tensorflow/tfjs-core';
import { initializers, input, type LayersModel, layers, model } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FusedCell } from '../../src/backends/fused-kernels.js';
import type { PaddedBatch } from '../../src/batches/pad-batch.js';
import { GRU } from '../../src/layers/gru.js';
import { Orthogonal } from '../../src/layers/orthogonal.js';
import { registerLayers } from '../../src/layers/register.js';
import { Adam } from '../../src/optimizers/adam.js';
import { makeTrainStep } from '../../src/training/train-step.js';
import { backendVariants, hasOurKernels, useVariant } from '../backends/backend-variants.js';
import { tinyTask } from '../training/tiny-task.js';
import { cellNames, cells } from './recurrent-case.js';

registerLayers();

const idCount = 40;
const [rows, time] = [12, 9];

function makeBatch(first: number): PaddedBatch {
  const lengths = Int32Array.from({ length: rows }, (_, row) => 1 + ((row * 5 + first) % time));
  const ids = new Int32Array(rows * time);
  for (let row = 0; row < rows; row++) {
    for (let t = 0; t < lengths[row]; t++)
      ids[row * time + t] = 1 + ((first + row * 7 + t * t) % (idCount - 1));
  }
  return { ids, rows, time, lengths };
}

const predict = (model: LayersModel, { ids }: PaddedBatch) =>
  tf.tidy(() => Array.from((model.apply(tf.tensor2d(ids, [rows, time], 'int32')) as tf.Tensor).dataSync()));

/** The same weights in a model that no batch has gone through. */
function freshCopy(model: LayersModel, makeModel: () => LayersModel): LayersModel {
  const copy = makeModel();
  copy.setWeights(model.getWeights());
  return copy;
}

/** Embedding -> recurrent layer -> Dense, with repeatable weights. */
function modelOf(cell: FusedCell): LayersModel {
  const ids = input({ shape: [null], dtype: 'int32' });
  const embeddingsInitializer = initializers.randomUniform({ minval: -0.5, maxval: 0.5, seed: 30 });
  const embedding = { inputDim: idCount, outputDim: 7, maskZero: true, embeddingsInitializer };
  const layer = cells[cell].layer({
    ...{ units: 6, kernelInitializer: initializers.glorotUniform({ seed: 31 }) },
    ...{ recurrentInitializer: new Orthogonal({ seed: 32 }) },
  } as Parameters<(typeof cells)[FusedCell]['layer']>[0]);
  const label = { units: 1, activation: 'sigmoid', kernelInitializer: initializers.ones() } as const;
  const states = layer.apply(layers.embedding(embedding).apply(ids)) as ReturnType<typeof input>;
  return model({ inputs: ids, outputs: layers.dense(label).apply(states) as ReturnType<typeof input> });
}

describe.each(backendVariants.filter(hasOurKernels))('known words on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  for (const cell of cellNames) {
    const makeModel = () => modelOf(cell);

    it(`change no prediction, to the last bit, ${cell}`, () => {
      const model = makeModel();
      const first = predict(model, makeBatch(0));
      const second = predict(model, makeBatch(11));
      expect(predict(model, makeBatch(0))).toEqual(first);
      expect(predict(freshCopy(model, makeModel), makeBatch(11))).toEqual(second);
    });

    it(`are forgotten when a step changes the weights in place, ${cell}`, () => {
      const model = makeModel();
      const trainStep = makeTrainStep(model, {
        task: tinyTask(),
        optimizer: new Adam({ learningRate: 0.05 }),
      });
      const before = predict(model, makeBatch(0));
      for (let step = 0; step < 3; step++) {
        const batch = makeBatch(step);
        const examples = batch.lengths.map((_, row) => row);
        trainStep(batch, { targets: { values: examples.map((row) => row % 2) }, examples });
        const after = predict(model, makeBatch(0));
        expect(after).not.toEqual(before);
        expect(after).toEqual(predict(freshCopy(model, makeModel), makeBatch(0)));
      }
    });

    it(`are forgotten when weights are replaced, and give their memory back, ${cell}`, () => {
      const used = () => (tf.memory() as unknown as { heapUsedBytes: number }).heapUsedBytes;
      const start = used();
      const model = makeModel();
      const before = predict(model, makeBatch(0));
      tf.tidy(() => model.setWeights(model.getWeights().map((weight) => tf.mul(weight, 1.5))));
      const after = predict(model, makeBatch(0));
      expect(after).not.toEqual(before);
      const copy = freshCopy(model, makeModel);
      expect(after).toEqual(predict(copy, makeBatch(0)));
      model.dispose();
      copy.dispose();
      expect(used()).toBe(start);
    });
  }

  it.each(cellNames)(
    'let a gradient of looked-up rows be read as if each position had its own: %s',
    (cell) => {
      tf.tidy(() => {
        const table = tf.randomNormal([idCount, 7], 0, 1, 'float32', 1);
        const { ids } = makeBatch(2);
        const lookedUp = tf.gather(table, tf.tensor2d(ids, [rows, time], 'int32'));
        const plain = tf.tensor(lookedUp.dataSync(), lookedUp.shape);
        const layer = modelOf(cell).layers[2];
        const gradient = tf.grad((x) => tf.sum(tf.square(layer.call(x, {}) as tf.Tensor)));
        const [fromTable, fromPlain] = [lookedUp, plain].map((x) => Array.from(gradient(x).dataSync()));
        fromTable.forEach((value, i) => {
          expect(Math.abs(value - fromPlain[i])).toBeLessThan(1e-6);
        });
      });
    },
  );

  it('let such a gradient be read when the mask it was made with is gone', () => {
    const batch = makeBatch(2);
    const layer = new GRU({
      ...{ units: 6, resetAfter: true, activation: 'tanh', recurrentActivation: 'sigmoid' },
      ...{ returnSequences: true, kernelInitializer: initializers.glorotUniform({ seed: 5 }) },
    });
    layer.build([rows, time, 7]);
    const [fromTable, fromPlain] = [true, false].map((looksUp) => {
      const gradient = tf.tidy(() => {
        const table = tf.randomNormal([idCount, 7], 0, 1, 'float32', 1);
        const ids = tf.tensor2d(batch.ids, [rows, time], 'int32');
        const lookedUp = tf.gather(table, ids);
        const x = looksUp ? lookedUp : tf.tensor(lookedUp.dataSync(), lookedUp.shape);
        const mask = tf.notEqual(ids, 0);
        return tf.grad((input) => tf.sum(tf.square(layer.call(input, { mask }) as tf.Tensor)))(x);
      });
      const values = Array.from(gradient.dataSync());
      gradient.dispose();
      return values;
    });
    tf.dispose(layer.getWeights());
    expect(fromTable.some((value) => value !== 0)).toBe(true);
    fromTable.forEach((value, i) => {
      expect(Math.abs(value - fromPlain[i])).toBeLessThan(1e-6);
    });
  });
});
