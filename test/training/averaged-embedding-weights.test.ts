import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { scaleFeatures } from '../../src/batches/feature-scaling.js';
import { padBatch } from '../../src/batches/pad-batch.js';
import { buildAveragedEmbedding } from '../../src/model/build-averaged-embedding.js';
import { AveragedEmbeddingLearner } from '../../src/training/averaged-embedding-learner.js';
import { disposeSnapshot } from '../../src/training/checkpoint.js';
import { gradientsOf } from '../../src/training/gradients.js';
import { expectValues } from '../layers/expect-values.js';
import { numbersOf, useCpu } from '../runs/tiny-run.js';
import { encodedExamples, idCount, tinyExamples } from './tiny-data.js';
import { tinyTask } from './tiny-task.js';

beforeAll(useCpu);

const units = 7;
const count = 40;
const learningRate = 0.5;
const order = Int32Array.from({ length: count }, (_, example) => example);

/** Examples with weights and two numbers beside them. */
function trainingOf(labelCount: number) {
  return {
    ...encodedExamples(tinyExamples(count, { labelCount })),
    weights: Float32Array.from(order, (example) => [0.5, 2, 0, 1][example % 4]),
    features: {
      values: Float32Array.from({ length: 2 * count }, (_, i) => 50 + 20 * Math.sin(i)),
      columns: 2,
    },
  };
}

function learnerOf(labelCount: number, { smoothing = 0.1 } = {}) {
  const training = trainingOf(labelCount);
  const beside = scaleFeatures(training.features);
  const task = tinyTask(labelCount);
  const config = { type: 'averagedEmbedding' as const, embedding: { units } };
  const build = () => buildAveragedEmbedding(config, { idCount, task, seed: 1, beside });
  const options = { task, training, beside, lossSettings: { smoothing }, learningRate, epochs: 1 };
  const model = build();
  return { learner: new AveragedEmbeddingLearner(model, options), model, build, training, task };
}

describe('AveragedEmbeddingLearner with weights, smoothing and numbers beside the texts', () => {
  it.each([2, 3])('takes the steps that TF.js takes, with %i labels', (labelCount) => {
    const { learner, model, build, training, task } = learnerOf(labelCount);
    const { loss } = learner.learn(order, { examplesBefore: 0 });
    learner.fillModel();

    const oracle = build();
    const gradientsFor = gradientsOf(oracle, task);
    let sum = 0;
    for (const example of order) {
      const examples = Int32Array.of(example);
      tf.tidy(() => {
        const chosen = { ...training, examples, smoothing: 0.1 };
        const { loss: ofExample, gradients } = gradientsFor(padBatch(training, examples), chosen);
        sum += ofExample.dataSync()[0];
        const optimizer = tf.train.sgd(learningRate * (1 - example / count));
        optimizer.applyGradients(gradients);
        optimizer.dispose();
      });
    }
    const expected = numbersOf(oracle);
    expect(numbersOf(model)).toHaveLength(5);
    numbersOf(model).forEach((numbers, place) => {
      // 40 steps in float32 on numbers of size 1.
      expectValues(numbers, expected[place], 2e-5);
    });
    expect(loss).toBeCloseTo(sum / count, 5);
    model.dispose();
    oracle.dispose();
  });

  it('learns nothing from an example of weight 0', () => {
    const { learner, model } = learnerOf(2);
    const before = numbersOf(model);
    expect(learner.learn(Int32Array.of(2), { examplesBefore: 0 }).loss).toBe(0);
    learner.fillModel();
    expect(numbersOf(model)).toEqual(before);
    model.dispose();
  });

  it('goes on from its snapshot bit for bit', async () => {
    const [one, other] = [learnerOf(3), learnerOf(3)];
    one.learner.learn(order.subarray(0, 20), { examplesBefore: 0 });
    const snapshot = one.learner.snapshot();
    await other.learner.restore(snapshot);
    disposeSnapshot(snapshot);
    for (const { learner } of [one, other]) {
      learner.learn(order.subarray(20), { examplesBefore: 20 });
      learner.fillModel();
    }
    expect(numbersOf(other.model)).toEqual(numbersOf(one.model));
    one.model.dispose();
    other.model.dispose();
  });
});
