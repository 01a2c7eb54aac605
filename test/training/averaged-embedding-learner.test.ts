import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { binaryCrossentropy, sparseCategoricalCrossentropy } from '../../src/layers/crossentropy.js';
import { buildAveragedEmbedding } from '../../src/model/build-averaged-embedding.js';
import { logitsOf } from '../../src/model/logits.js';
import { AveragedEmbeddingLearner } from '../../src/training/averaged-embedding-learner.js';
import { expectValues } from '../layers/expect-values.js';
import { numbersOf, useCpu } from '../runs/tiny-run.js';
import { encodedExamples, idCount, tinyExamples } from './tiny-data.js';
import { tinyTask } from './tiny-task.js';

beforeAll(useCpu);

const units = 7;
const learningRate = 0.8;
const build = (labelCount: number, seed = 1) =>
  buildAveragedEmbedding(
    { type: 'averagedEmbedding', embedding: { units } },
    { idCount, task: tinyTask(labelCount), seed },
  );

/** The same steps by TF.js: gradients of each example's loss, a plain step against them. */
function trainByTensorFlow(model: LayersModel, labelCount: number, count: number): number {
  const { ids, offsets, targets } = encodedExamples(tinyExamples(count, { labelCount }));
  const labels = targets.values;
  const logitsFor = logitsOf(model);
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  let sum = 0;
  for (let example = 0; example < count; example++) {
    const optimizer = tf.train.sgd(learningRate * (1 - example / count));
    tf.tidy(() => {
      const input = tf.tensor2d(
        [[...ids.subarray(offsets[example], offsets[example + 1])]],
        undefined,
        'int32',
      );
      const { value, grads } = tf.variableGrads(() => {
        const logits = logitsFor(input, { training: true });
        return labelCount === 2
          ? binaryCrossentropy(tf.tensor2d([[labels[example]]]), logits)
          : sparseCategoricalCrossentropy(tf.tensor1d([labels[example]], 'int32'), logits);
      }, variables);
      optimizer.applyGradients(grads);
      sum += value.dataSync()[0];
    });
    optimizer.dispose();
  }
  return sum / count;
}

describe('AveragedEmbeddingLearner', () => {
  it.each([2, 3])('takes the steps that TF.js takes, example by example, with %i labels', (labelCount) => {
    const count = 40;
    const model = build(labelCount);
    const training = encodedExamples(tinyExamples(count, { labelCount }));
    const task = tinyTask(labelCount);
    const learner = new AveragedEmbeddingLearner(model, { task, training, learningRate, epochs: 1 });
    const before = numbersOf(model);
    const order = Int32Array.from({ length: count }, (_, example) => example);
    const first = learner.learn(order.subarray(0, 15), { examplesBefore: 0 });
    const second = learner.learn(order.subarray(15), { examplesBefore: 15 });
    expect(numbersOf(model)).toEqual(before);
    learner.fillModel();

    const oracle = build(labelCount);
    const loss = trainByTensorFlow(oracle, labelCount, count);
    const expected = numbersOf(oracle);
    numbersOf(model).forEach((numbers, place) => {
      // 40 steps in float32 on numbers of size 1.
      expectValues(numbers, expected[place], 1e-5);
      expect(numbers).not.toEqual(before[place]);
    });
    expect((15 * first.loss + 25 * second.loss) / count).toBeCloseTo(loss, 5);
    model.dispose();
    oracle.dispose();
  });

  it("begins with fastText's weights: vectors within 1 / units, the dense layer 0", () => {
    const model = build(2, 5);
    const [vectors, kernel, bias] = numbersOf(model);
    expect(Math.max(...vectors)).toBeLessThan(1 / units);
    expect(Math.min(...vectors)).toBeGreaterThanOrEqual(-1 / units);
    // Of 98 uniform numbers, one lies in the outer half but for a chance of 2^-98.
    expect(Math.max(...vectors.map(Math.abs))).toBeGreaterThan(0.5 / units);
    expect([...kernel, ...bias]).toEqual(Array(units + 1).fill(0));
    model.dispose();
  });

  it('learns nothing from an empty example but the bias', () => {
    const model = build(2);
    const [vectors] = numbersOf(model);
    const training = {
      ids: new Int32Array(),
      offsets: Int32Array.of(0, 0),
      targets: { values: Int32Array.of(1) },
    };
    const options = { task: tinyTask(), training, learningRate, epochs: 1 };
    const learner = new AveragedEmbeddingLearner(model, options);
    expect(learner.learn(Int32Array.of(0), { examplesBefore: 0 }).loss).toBeCloseTo(Math.log(2), 12);
    learner.fillModel();
    const [vectorsAfter, kernel, bias] = numbersOf(model);
    expect(vectorsAfter).toEqual(vectors);
    expect(kernel).toEqual(Array(units).fill(0));
    expect(bias[0]).toBeCloseTo(learningRate / 2, 6);
    model.dispose();
  });
});
