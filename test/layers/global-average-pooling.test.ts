import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { GlobalAveragePooling1D } from '../../src/layers/global-average-pooling.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { randomNumbers } from '../backends/random-numbers.js';
import { expectValues } from './expect-values.js';

const [batch, time, features] = [4, 6, 3];
const numbers = randomNumbers(batch * time * features, { seed: 3 });
/** All steps, some at the end masked, one in the middle masked, none. */
const masks = [
  [1, 1, 1, 1, 1, 1],
  [1, 1, 0, 0, 0, 0],
  [1, 0, 1, 1, 0, 1],
  [0, 0, 0, 0, 0, 0],
];

/** In float64, step by step. */
function slowMeans(mask: readonly (readonly number[])[]): number[] {
  return mask.flatMap((steps, row) =>
    Array.from({ length: features }, (_, feature) => {
      const values = steps.flatMap((kept, step) =>
        kept ? [numbers[(row * time + step) * features + feature]] : [],
      );
      return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
    }),
  );
}

describe.each(backendVariants)('GlobalAveragePooling1D on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  const pooled = (mask?: number[][]) =>
    tf.tidy(() => {
      const x = tf.tensor3d(numbers, [batch, time, features]);
      const kwargs = mask ? { mask: tf.tensor2d(mask, undefined, 'bool') } : {};
      return new GlobalAveragePooling1D({}).call(x, kwargs).dataSync<'float32'>();
    });

  it('takes the mean of the steps that are not masked, and 0 where all are', () => {
    expectValues(pooled(masks), slowMeans(masks), 1e-6);
  });

  it('takes the mean of all steps without a mask', () => {
    expectValues(pooled(), slowMeans(masks.map(() => [1, 1, 1, 1, 1, 1])), 1e-6);
  });

  it('ends the mask', () => {
    const layer = new GlobalAveragePooling1D({});
    expect(layer.computeMask()).toBeNull();
    expect(layer.computeOutputShape([batch, time, features])).toEqual([batch, features]);
  });
});
