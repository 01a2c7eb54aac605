import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { registerLayers } from '../../src/layers/register.js';
import { scaleSequences } from '../../src/layers/scale-sequences.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomNumbers } from '../backends/random-numbers.js';

// TF.js' gradients come along.
registerLayers();

describe.each(backendVariants)('scaleSequences on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  const shapes = fc.tuple(...[9, 7, 13].map((max) => fc.integer({ min: 1, max })));

  it('multiplies every step of a row by the factors of the row, and its gradient by the same ones', () => {
    fc.assert(
      fc.property(shapes, fc.nat(100), ([batch, time, features], seed) => {
        const count = batch * time * features;
        const [x, cotangent] = [1, 2].map((part) => randomNumbers(count, { seed: 10 * seed + part }));
        const scale = randomNumbers(batch * features, { seed });
        const factor = (i: number) => scale[Math.floor(i / (time * features)) * features + (i % features)];
        tf.tidy(() => {
          const tensor = tf.tensor3d(x, [batch, time, features]);
          const factors = tf.tensor2d(scale, [batch, features]);
          const scaled = scaleSequences(tensor, factors);
          expect(scaled.shape).toEqual([batch, time, features]);
          // One product, rounded once: the same bits everywhere.
          expect(scaled.dataSync()).toEqual(x.map((value, i) => value * factor(i)));
          const gradient = tf.grad((values) => scaleSequences(values as tf.Tensor3D, factors));
          const answer = gradient(tensor, tf.tensor3d(cotangent, [batch, time, features]));
          expect(answer.dataSync()).toEqual(cotangent.map((value, i) => value * factor(i)));
        });
      }),
      { numRuns: 30 },
    );
  });

  it('shares large tensors among its threads, and leaves no tensor behind', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const x = tf.ones([16, 100, 70]) as tf.Tensor3D;
      const scale = tf.tensor2d(randomNumbers(16 * 70), [16, 70]);
      const sums = tf.sum(scaleSequences(x, scale), 1);
      const expected = tf.mul(scale, 100);
      expect(tf.max(tf.abs(tf.sub(sums, expected))).dataSync()[0]).toBeLessThan(1e-3);
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
