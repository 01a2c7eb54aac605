import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PaddedBatch } from '../../src/batches/pad-batch.js';
import { fillConfig } from '../../src/config/fill-config.js';
import { buildModel } from '../../src/model/build-model.js';
import { Adam } from '../../src/optimizers/adam.js';
import type { ChosenTargets } from '../../src/tasks/task.js';
import { makeTrainStep } from '../../src/training/train-step.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import {
  goldenNames,
  type ModelGolden,
  type ModelStep,
  type NamedTensors,
  readGolden,
} from '../golden/read-golden.js';
import { expectClose } from '../layers/expect-close.js';
import { tinyTask } from './tiny-task.js';

/** Keeps a copy of the gradients of the last step. */
class WatchedAdam extends Adam {
  gradients: tf.NamedTensorMap = {};

  override applyGradients(gradients: tf.NamedTensorMap): void {
    tf.dispose(this.gradients);
    this.gradients = Object.fromEntries(
      Object.entries(gradients).map(([name, gradient]) => [name, tf.keep(gradient.clone())]),
    );
    super.applyGradients(gradients);
  }
}

const made: { dispose(): unknown }[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
});

/** Keras' model with its initial weights, from our builder. */
function modelOf({ model, initialWeights }: ModelGolden): LayersModel {
  const { embeddingUnits, gruUnits, resetAfter, labelCount, vocabularySize } = model;
  const layers = gruUnits.map((units) => ({ cell: 'gru', units, resetAfter }));
  const config = fillConfig({ model: { embedding: { units: embeddingUnits }, layers } }, 'golden').model;
  const built = buildModel(config, { idCount: vocabularySize, task: tinyTask(labelCount), seed: 1 });
  tf.tidy(() => {
    built.setWeights(Object.values(initialWeights).map(({ values, shape }) => tf.tensor(values, shape)));
  });
  made.push(built);
  return built;
}

/** What the step is given: the ids, and what is to be learnt. */
function batchOf({ ids, lengths, labels }: ModelStep): [PaddedBatch, ChosenTargets] {
  const [rows, time] = ids.shape;
  const examples = Int32Array.from({ length: rows }, (_, row) => row);
  const batch = {
    ids: ids.values as Int32Array,
    rows,
    time,
    lengths: lengths.values as Int32Array,
  };
  return [batch, { targets: { values: labels.values as Int32Array }, examples }];
}

function expectPredictions(model: LayersModel, ids: ModelStep['ids'], expected: ModelStep['labels']): void {
  tf.tidy(() => {
    const input = tf.tensor(ids.values, ids.shape, 'int32');
    expectClose(model.predict(input) as tf.Tensor, expected, 2e-6);
  });
}

function expectWeights(actual: readonly tf.Tensor[], expected: NamedTensors, tolerance: number): void {
  const tensors = Object.values(expected);
  expect(actual).toHaveLength(tensors.length);
  tensors.forEach((tensor, i) => {
    expectClose(actual[i], tensor, tolerance);
  });
}

describe.each(backendVariants)('a training step on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(goldenNames('model'))("is Keras' step, three times: %s", (name) => {
    const golden = readGolden('model', name);
    const model = modelOf(golden);
    const { learningRate, beta1, beta2, epsilon } = golden.optimizer;
    const optimizer = new WatchedAdam({ learningRate, beta1, beta2, epsilon });
    made.push(optimizer);
    for (const step of golden.steps) expectPredictions(model, step.ids, step.initialPredictions);
    const trainStep = makeTrainStep(model, { task: tinyTask(golden.model.labelCount), optimizer });
    for (const step of golden.steps) {
      const { loss } = trainStep(...batchOf(step));
      expect(Math.abs(loss - step.loss.values[0])).toBeLessThan(2e-6);
      const gradients = model.trainableWeights.map(
        (weight) => optimizer.gradients[(weight.read() as tf.Variable).name],
      );
      expectWeights(gradients, step.gradients, 1e-6);
      expectWeights(model.getWeights(), step.weights, 5e-6);
    }
    golden.finalPredictions.forEach((predictions, i) => {
      expectPredictions(model, golden.steps[i].ids, predictions);
    });
    tf.dispose(optimizer.gradients);
  });

  it('counts the examples whose label the model would have chosen before the step', () => {
    for (const name of goldenNames('model')) {
      const golden = readGolden('model', name);
      const [step] = golden.steps;
      const predictions = step.initialPredictions;
      const columns = predictions.shape[1];
      const expected = [...step.labels.values].filter((label, row) => {
        const ofRow = [...predictions.values.subarray(row * columns, (row + 1) * columns)];
        const chosen = columns === 1 ? Number(ofRow[0] > 0.5) : ofRow.indexOf(Math.max(...ofRow));
        return chosen === label;
      });
      const optimizer = new Adam();
      made.push(optimizer);
      const task = tinyTask(golden.model.labelCount);
      const { counts } = makeTrainStep(modelOf(golden), { task, optimizer })(...batchOf(step));
      expect(counts.correct).toBe(expected.length);
    }
  });
});
