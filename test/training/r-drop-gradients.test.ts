import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { logitsOf } from '../../src/model/logits.js';
import { Random } from '../../src/random/random.js';
import { gradientsOf } from '../../src/training/gradients.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { expectValues } from '../layers/expect-values.js';
import { tinyTask } from './tiny-task.js';
import { twoPassBatch, twoPassModel, twoPassNames } from './two-pass-models.js';

const made: { dispose(): unknown }[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
});

const rDrop = { weight: 0.8 };

/** TF.js' own has no gradient of a tensor that was computed. */
const logSigmoid = (x: tf.Tensor) => tf.neg(tf.softplus(tf.neg(x)));

/** KL(p || q) of each row, from logits, straight from its definition. */
function divergences(one: tf.Tensor, other: tf.Tensor): tf.Tensor {
  if (one.shape[1]! > 1) {
    const logs = tf.sub(tf.logSoftmax(one as tf.Tensor2D), tf.logSoftmax(other as tf.Tensor2D));
    return tf.sum(tf.mul(tf.softmax(one), logs), 1);
  }
  const yes = tf.mul(tf.sigmoid(one), tf.sub(logSigmoid(one), logSigmoid(other)));
  const [no, otherNo] = [tf.neg(one), tf.neg(other)];
  const logs = tf.sub(logSigmoid(no), logSigmoid(otherNo));
  return tf.sum(tf.add(yes, tf.mul(tf.sigmoid(no), logs)), 1);
}

describe.each(backendVariants)('R-Drop on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(twoPassNames.flatMap((name) => [2, 3].map((labelCount) => ({ name, labelCount }))))(
    'has the gradients of the mean loss of two passes and of what is between them: $name, $labelCount labels',
    ({ name, labelCount }) => {
      const task = tinyTask(labelCount);
      const model = twoPassModel(name, labelCount);
      made.push(model);
      const { batch, chosen } = twoPassBatch(labelCount);
      tf.tidy(() => {
        const answer = gradientsOf(model, task, { random: new Random(5), rDrop })(batch, chosen);
        const logitsFor = logitsOf(model);
        const ids = tf.tensor2d(batch.ids, [batch.rows, batch.time], 'int32');
        const weights = tf.tensor1d([...chosen.examples].map((example) => chosen.weights[example]));
        let losses: number[] = [];
        const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
        const { grads } = tf.variableGrads(() => {
          const random = new Random(5);
          const [one, other] = [0, 1].map(() => logitsFor(ids, { training: true, random }));
          const both = [one, other].map((logits) => task.loss(logits, chosen));
          losses = both.map((loss) => loss.arraySync());
          const apart = tf.add(divergences(one, other), divergences(other, one));
          expect(Math.max(...apart.dataSync())).toBeGreaterThan(1e-7);
          const divergence = tf.mean(tf.mul(apart, weights));
          const parts = [tf.mul(both[0], 0.5), tf.mul(both[1], 0.5), tf.mul(divergence, rDrop.weight / 2)];
          return tf.addN(parts) as tf.Scalar;
        }, variables);
        expect(losses[0]).not.toBe(losses[1]);
        expect(answer.loss.arraySync()).toBeCloseTo((losses[0] + losses[1]) / 2, 6);
        for (const { name: weight } of variables) {
          const expected = grads[weight].dataSync<'float32'>();
          const largest = expected.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
          expectValues(answer.gradients[weight].dataSync(), expected, 2e-5 * largest + 1e-7);
          expect(largest).toBeGreaterThan(1e-4);
        }
      });
    },
  );

  it('counts what the first pass answers, and leaves no tensor behind', () => {
    const model = twoPassModel('conv1d', 3);
    made.push(model);
    const { batch, chosen } = twoPassBatch(3);
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const counts = (options: object) =>
        gradientsOf(model, tinyTask(3), { random: new Random(2), ...options })(batch, chosen).counts;
      expect(counts({ rDrop })).toEqual(counts({}));
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
