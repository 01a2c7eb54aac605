import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { Orthogonal } from '../../src/layers/orthogonal.js';
import { registerLayers } from '../../src/layers/register.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { expectValues } from './expect-values.js';

beforeAll(() => useVariant(backendVariants[0]));

const valuesOf = (shape: number[], options?: { gain?: number; seed?: number }) =>
  tf.tidy(() => new Orthogonal(options).apply(shape).dataSync<'float32'>());

/** Products of all pairs of the vectors (rows or columns, whichever are fewer) of a matrix. */
function products(values: Float32Array, rows: number, columns: number): number[] {
  const at = (vector: number, i: number) =>
    rows >= columns ? values[i * columns + vector] : values[vector * columns + i];
  const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
  return Array.from({ length: count * count }, (_, pair) => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += at(Math.floor(pair / count), i) * at(pair % count, i);
    return sum;
  });
}

const identity = (size: number, gain = 1) =>
  Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? gain : 0));

describe('Orthogonal', () => {
  it.each([
    [1, 1],
    [4, 4],
    [3, 10],
    [10, 3],
    [1, 5],
    [5, 1],
    [64, 192],
  ])('makes the rows or the columns of a matrix [%i, %i] orthonormal', (rows, columns) => {
    const values = valuesOf([rows, columns], { seed: 3 });
    expectValues(products(values, rows, columns), identity(Math.min(rows, columns)), 1e-6);
  });

  it('takes all dimensions but the last as rows', () => {
    const values = valuesOf([2, 3, 4]);
    expectValues(products(values, 6, 4), identity(4), 1e-6);
  });

  it('scales by its gain', () => {
    expectValues(products(valuesOf([3, 7], { gain: 2.5, seed: 1 }), 3, 7), identity(3, 6.25), 1e-5);
  });

  it('repeats a matrix for the same seed, 0 by default, and makes another for another', () => {
    expect(valuesOf([5, 9], { seed: 4 })).toEqual(valuesOf([5, 9], { seed: 4 }));
    expect(valuesOf([5, 9], { seed: 4 })).not.toEqual(valuesOf([5, 9], { seed: 5 }));
    expect(valuesOf([5, 9])).toEqual(valuesOf([5, 9], { seed: 0 }));
  });

  it('has no favourite direction: over many seeds its numbers are centred and of the right size', () => {
    const all = Array.from({ length: 400 }, (_, seed) => [...valuesOf([4, 4], { seed })]);
    // Each of the 16 numbers has mean 0 and mean square 1 / 4; the standard errors of 400 draws are 0.025 and 0.009.
    for (let i = 0; i < 16; i++) {
      const mean = all.reduce((sum, values) => sum + values[i], 0) / 400;
      const square = all.reduce((sum, values) => sum + values[i] ** 2, 0) / 400;
      expect(Math.abs(mean)).toBeLessThan(0.12);
      expect(Math.abs(square - 0.25)).toBeLessThan(0.05);
    }
  });

  it('stands for the stock one of its name once it is registered', () => {
    registerLayers();
    const layer = layers.simpleRNN({ units: 6, recurrentInitializer: 'orthogonal' });
    layer.build([null, 3, 2]);
    expectValues(products(layer.weights[1].read().dataSync<'float32'>(), 6, 6), identity(6), 1e-6);
    expect(new Orthogonal({ gain: 2, seed: 7 }).getConfig()).toEqual({ gain: 2, seed: 7 });
    expect(initializers.orthogonal({ gain: 1 }).getClassName()).toBe('Orthogonal');
  });
});
