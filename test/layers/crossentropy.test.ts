import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { binaryCrossentropy, sparseCategoricalCrossentropy } from '../../src/layers/crossentropy.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { readGolden } from '../golden/read-golden.js';
import { expectValues } from './expect-values.js';

type Loss = (labels: tf.Tensor, logits: tf.Tensor) => tf.Scalar;

const binary: Loss = (labels, logits) =>
  binaryCrossentropy(tf.reshape(tf.cast(labels, 'float32'), logits.shape), logits);
const sparse: Loss = (labels, logits) => sparseCategoricalCrossentropy(labels as tf.Tensor1D, logits);

function lossAndGradient(loss: Loss, labels: readonly number[], logits: tf.Tensor) {
  return tf.tidy(() => {
    const truth = tf.tensor1d([...labels], 'int32');
    const { value, grad } = tf.valueAndGrad((x) => tf.mul(loss(truth, x), 1))(logits);
    return { value: value.dataSync()[0], gradient: grad.dataSync<'float32'>() };
  });
}

describe.each(backendVariants)('losses on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each([
    ['binary-crossentropy', binary],
    ['sparse-categorical-crossentropy', sparse],
  ] as const)("give Keras' mean and gradient from logits: %s", (name, loss) => {
    const golden = readGolden('losses', name).cases.find((each) => each.name === 'from logits')!;
    const logits = tf.tensor(golden.predictions.values, golden.predictions.shape);
    const { value, gradient } = lossAndGradient(loss, [...golden.labels.values], logits);
    expect(Math.abs(value - golden.meanLoss.values[0])).toBeLessThan(2e-6 * (1 + golden.meanLoss.values[0]));
    expectValues(gradient, golden.meanGradient.values, 2e-7);
  });

  it('grow with a logit that is far on the wrong side, and keep their gradient there', () => {
    const one = lossAndGradient(binary, [0, 1], tf.tensor2d([200, -300], [2, 1]));
    expect(one.value).toBe(250);
    expectValues(one.gradient, [0.5, -0.5], 0);
    const many = lossAndGradient(sparse, [1], tf.tensor2d([500, 0, 0], [1, 3]));
    expect(many.value).toBe(500);
    expectValues(many.gradient, [1, -1, 0], 0);
  });

  it('are zero, without a gradient, where a logit is far on the right side', () => {
    const one = lossAndGradient(binary, [1, 0], tf.tensor2d([200, -300], [2, 1]));
    expect(one.value).toBeCloseTo(0, 12);
    expectValues(one.gradient, [0, 0], 1e-12);
  });

  it('pass a factor of the loss on to the gradient', () => {
    const logits = tf.tensor2d([0.3, -0.7], [2, 1]);
    const once = lossAndGradient(binary, [1, 0], logits).gradient;
    const thrice = lossAndGradient((y, x) => tf.mul(binary(y, x), 3), [1, 0], logits).gradient;
    expectValues(
      thrice,
      [...once].map((value) => 3 * value),
      1e-6,
    );
  });
});
