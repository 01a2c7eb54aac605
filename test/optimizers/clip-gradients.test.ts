import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clipGradients } from '../../src/optimizers/clip-gradients.js';
import { limitNorms } from '../../src/optimizers/limit-norms.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { type NamedTensors, readUpdates } from '../golden/read-updates.js';
import { expectClose } from '../layers/expect-close.js';
import { expectWeights, gradientsOf, tensorOf } from './golden-weights.js';

const golden = readUpdates();

afterEach(() => expect(tf.memory().numTensors).toBe(0));

/** Golden values by the names of the variables. */
const byVariable = (weights: NamedTensors): NamedTensors =>
  Object.fromEntries(Object.entries(weights).map(([name, values]) => [`golden/${name}`, values]));

describe.each(backendVariants)('clipped gradients on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each(golden.clipping)("are Keras': $clip", ({ clip, norm, clipped }) => {
    tf.tidy(() => {
      const result = clipGradients(gradientsOf(golden.gradients[0]), clip);
      expectWeights(result.gradients, byVariable(clipped), 3e-7);
      if ('value' in clip) expect(result.norm).toBeUndefined();
      else expect(Math.abs(result.norm! / norm.values[0] - 1)).toBeLessThan(3e-7);
    });
  });

  it('are the very tensors that were given where their norm is not above the limit', () => {
    tf.tidy(() => {
      const gradients = { one: tf.tensor1d([3]), other: tf.tensor2d([[4, 0]]) };
      const result = clipGradients(gradients, { norm: 5 });
      expect(result.norm).toBe(5);
      expect(result.gradients).toBe(gradients);
      expect([...gradients.one.dataSync()]).toEqual([3]);
    });
  });

  it('are no numbers where their norm is none, as with Keras', () => {
    tf.tidy(() => {
      for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
        const gradients = { one: tf.tensor1d([bad, 1]), other: tf.tensor1d([2]) };
        const result = clipGradients(gradients, { norm: 1 });
        expect(result.norm).toBe(bad);
        expect([...result.gradients.other.dataSync()]).toEqual([Number.NaN]);
      }
    });
  });
});

describe.each(backendVariants)('limited norms on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it("are Keras' MaxNorm, of kernels of two axes and of three", () => {
    const { limit, kernel, convolution, limitedConvolution } = golden.maxNorm;
    const weights = tf.tidy(() => [
      tf.variable(tensorOf(golden.initial.kernel)),
      tf.variable(tensorOf(convolution)),
    ]);
    for (const each of weights) limitNorms(each, limit);
    expectClose(weights[0], kernel, 5e-7);
    expectClose(weights[1], limitedConvolution, 5e-7);
    tf.dispose(weights);
  });
});
