import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { buildModel } from '../../src/model/build-model.js';
import { logitsOf } from '../../src/model/logits.js';
import { Random } from '../../src/random/random.js';
import { gradientsOf } from '../../src/training/gradients.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { readRegularization } from '../golden/read-regularization.js';
import { expectClose } from '../layers/expect-close.js';
import { expectValues } from '../layers/expect-values.js';
import { tensorOf } from '../layers/golden-case.js';
import { tinyTask } from './tiny-task.js';
import { twoPassBatch, twoPassModel, twoPassNames } from './two-pass-models.js';

const made: { dispose(): unknown }[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
});

const settings = { epsilon: 0.3, weight: 0.7 };

describe.each(backendVariants)('adversarial training on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(readRegularization('adversarial'))(
    "has Keras' gradients of both losses: $labelCount labels",
    (golden) => {
      const layers = [{ cell: 'gru', units: 4 }];
      const { model: config } = fillConfig({ model: { embedding: { units: 5 }, layers } }, 'golden');
      const task = tinyTask(golden.labelCount);
      const model = buildModel(config, { idCount: 12, task, seed: 1 });
      made.push(model);
      tf.tidy(() => {
        model.setWeights(golden.weights.map(tensorOf));
        const [rows, time] = golden.ids.shape;
        const ids = golden.ids.values as Int32Array;
        const lengths = Int32Array.from({ length: rows }, (_, row) =>
          ids.subarray(row * time, (row + 1) * time).reduce((sum, id) => sum + Number(id > 0), 0),
        );
        const examples = Int32Array.from({ length: rows }, (_, row) => row);
        const targets = { values: golden.labels.values as Int32Array };
        const { loss, gradients } = gradientsOf(model, task, { adversarial: golden.settings })(
          { ids, rows, time, lengths },
          { targets, examples },
        );
        expectClose(loss, golden.loss, 1e-6);
        model.trainableWeights.forEach((weight, i) => {
          expectClose(gradients[(weight.read() as tf.Variable).name], golden.gradients[i], 2e-6);
        });
      });
    },
  );

  it.each(twoPassNames)(
    'drops the same things in both passes, and draws as many numbers as one: %s',
    (name) => {
      const task = tinyTask();
      const model = twoPassModel(name, 2);
      made.push(model);
      const { batch, chosen } = twoPassBatch(2);
      tf.tidy(() => {
        const random = new Random(5);
        const both = gradientsOf(model, task, { random, adversarial: settings })(batch, chosen);
        const once = new Random(5);
        const plain = gradientsOf(model, task, { random: once })(batch, chosen);
        expect(random.state).toEqual(once.state);
        expect(both.loss.arraySync()).toBe(plain.loss.arraySync());
        expect(both.counts).toEqual(plain.counts);
        expectSum(both.gradients, plain.gradients);
      });

      /** The same by other means: the vectors' gradient is that of zeros which are added to them. */
      function expectSum(actual: tf.NamedTensorMap, plain: tf.NamedTensorMap): void {
        const logitsFor = logitsOf(model);
        const ids = tf.tensor2d(batch.ids, [batch.rows, batch.time], 'int32');
        let vectors = tf.zeros([batch.rows, batch.time, 4]);
        const lossAt = (moved: tf.Tensor) =>
          task.loss(
            logitsFor(ids, {
              ...{ training: true, random: new Random(5) },
              perturb: (read: tf.Tensor) => {
                vectors = tf.keep(read.clone());
                return tf.add(read, moved);
              },
            }),
            chosen,
          );
        const gradient = tf.grad(lossAt as never)(tf.zerosLike(vectors));
        const squares = tf.sum(tf.square(gradient), [1, 2], true);
        const isWord = tf.cast(tf.notEqual(ids, 0), 'float32');
        const words = tf.mul(vectors, tf.expandDims(isWord, 2));
        const sizes = tf.sqrt(tf.sum(tf.square(words), [1, 2], true));
        vectors.dispose();
        const moved = tf.mul(tf.mul(tf.divNoNan(gradient, tf.sqrt(squares)), sizes), settings.epsilon);
        const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
        const { value, grads } = tf.variableGrads(() => lossAt(moved), variables);
        vectors.dispose();
        // The loss grows along its gradient.
        expect(value.arraySync()).toBeGreaterThan(lossAt(tf.zerosLike(moved)).arraySync());
        vectors.dispose();
        for (const { name: weight } of variables) {
          const expected = tf
            .add(plain[weight], tf.mul(grads[weight], settings.weight))
            .dataSync<'float32'>();
          const largest = expected.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
          expectValues(actual[weight].dataSync(), expected, 2e-5 * largest + 1e-8);
          expect(largest).toBeGreaterThan(1e-4);
        }
      }
    },
  );

  it('leaves no tensor behind', () => {
    const model = twoPassModel('recurrent', 3);
    made.push(model);
    const { batch, chosen } = twoPassBatch(3);
    const gradientsFor = gradientsOf(model, tinyTask(3), { random: new Random(1), adversarial: settings });
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      gradientsFor(batch, chosen);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
