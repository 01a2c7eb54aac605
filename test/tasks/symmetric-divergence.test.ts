import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerLayers } from '../../src/layers/register.js';
import { symmetricDivergence } from '../../src/tasks/symmetric-divergence.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { readRegularization } from '../golden/read-regularization.js';
import { expectClose } from '../layers/expect-close.js';
import { tensorOf } from '../layers/golden-case.js';

// Brings TF.js' gradients with it.
registerLayers();

const cases = readRegularization('divergence').map((golden) => ({
  golden,
  title: `${golden.kind} of ${golden.one.shape[1]}${golden.weights ? ', weighted' : ''}`,
}));

/** What the divergence asks of a batch of so many examples. */
function settingsOf(rows: number, kind: 'softmax' | 'sigmoid', columns: number, weights?: Float32Array) {
  const examples = Int32Array.from({ length: rows }, (_, row) => row);
  const targets = { values: new Int32Array(rows) };
  return { task: { columns, exclusive: kind === 'softmax' }, chosen: { targets, examples, weights } };
}

describe.each(backendVariants)('the divergence of two answers on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(cases)("is TensorFlow's, with its gradients: $title", ({ golden }) => {
    tf.tidy(() => {
      const [rows, columns] = golden.one.shape;
      const weights = golden.weights?.values as Float32Array | undefined;
      const settings = settingsOf(rows, golden.kind, columns, weights);
      const run = (one: tf.Tensor, other: tf.Tensor) => symmetricDivergence(one, other, settings);
      const logits = [tensorOf(golden.one), tensorOf(golden.other)];
      expectClose(run(logits[0], logits[1]), golden.divergence, 1e-6);
      const gradients = tf.grads(run as never)(logits);
      golden.gradients.forEach((expected, i) => {
        expectClose(gradients[i], expected, 1e-6);
      });
    });
  });

  it('is 0 for equal answers, and finite for answers that are as sure as can be', () => {
    tf.tidy(() => {
      for (const [kind, columns] of [['softmax', 3] as const, ['sigmoid', 2] as const]) {
        const sure = tf.mul(tf.oneHot(tf.tensor1d([0, 1], 'int32'), columns), 200);
        const settings = settingsOf(2, kind, columns);
        expect(symmetricDivergence(sure, sure, settings).arraySync()).toBe(0);
        const far = symmetricDivergence(sure, tf.neg(sure), settings).arraySync();
        expect(far).toBeGreaterThan(50);
        expect(Number.isFinite(far)).toBe(true);
      }
    });
  });
});
