import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { backendVariants, useVariant } from '../backend-variants.js';
import { randomNumbers } from '../random-numbers.js';

describe.each(backendVariants)('add on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it.each([1, 3, 4, 17, 64, 200_003])('adds %i numbers, each rounded once', (count) => {
    const [a, b] = [1, 2].map((seed) => randomNumbers(count, { seed }));
    const sum = tf.tidy(() => tf.add(tf.tensor1d(a), tf.tensor1d(b)).dataSync());
    expect(sum).toEqual(a.map((value, i) => value + b[i]));
  });

  it('still broadcasts, and still adds integers', () => {
    tf.tidy(() => {
      const matrix = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
      expect([...tf.add(matrix, tf.tensor1d([10, 20, 30])).dataSync()]).toEqual([11, 22, 33, 14, 25, 36]);
      const integers = tf.add(tf.tensor1d([1, 2], 'int32'), tf.tensor1d([3, 4], 'int32'));
      expect(integers.dtype).toBe('int32');
      expect([...integers.dataSync()]).toEqual([4, 6]);
      expect(tf.add(tf.zeros([0, 3]), tf.zeros([0, 3])).shape).toEqual([0, 3]);
    });
  });
});
