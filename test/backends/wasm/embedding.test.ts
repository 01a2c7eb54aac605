import * as tf from '@tensorflow/tfjs-core';
// Registers the gradients of the stock operations.
import '@tensorflow/tfjs-layers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ownVariants, useVariant } from '../backend-variants.js';
import { randomIntegers, randomNumbers } from '../random-numbers.js';

describe.each(ownVariants)('gather on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  // The last one is large enough for several threads.
  it.each([
    [1, 1, 1],
    [10, 3, 7],
    [50, 128, 33],
    [300, 37, 3_000],
  ])('looks up rows of a table [%i, %i] by %i ids', (rows, units, count) => {
    const table = randomNumbers(rows * units);
    const ids = randomIntegers(count, { to: rows });
    const result = tf.tidy(() =>
      tf.gather(tf.tensor2d(table, [rows, units]), tf.tensor1d(ids, 'int32')).dataSync(),
    );
    const expected = Float32Array.from(
      { length: count * units },
      (_, i) => table[ids[Math.floor(i / units)] * units + (i % units)],
    );
    expect(result).toEqual(expected);
  });

  it('puts the dimensions of the ids in the place of the rows', () => {
    const table = tf.tensor3d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2, 1]);
    const result = tf.gather(table, tf.tensor2d([3, 0, 1, 3, 3, 2], [2, 3], 'int32'));
    expect(result.shape).toEqual([2, 3, 2, 1]);
    expect([...result.dataSync()]).toEqual([7, 8, 1, 2, 3, 4, 7, 8, 7, 8, 5, 6]);
  });

  it.each([-1, 4])('refuses the id %i of a table of four rows, naming it', (id) => {
    const table = tf.zeros([4, 2]);
    expect(() => tf.gather(table, tf.tensor1d([0, id], 'int32')).dataSync()).toThrow(
      `${id} is not in [0, 3]`,
    );
  });

  it('looks up columns, per batch, whole numbers and nothing at all', () => {
    const table = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    expect(tf.gather(table, [2, 0], 1).arraySync()).toEqual([
      [3, 1],
      [6, 4],
    ]);
    const perRow = tf.gather(table, tf.tensor2d([[1], [2]], [2, 1], 'int32'), 1, 1);
    expect(perRow.arraySync()).toEqual([[2], [6]]);
    expect(tf.gather(tf.tensor1d([7, 8, 9], 'int32'), [2, 2]).arraySync()).toEqual([9, 9]);
    expect(tf.gather(table, tf.tensor1d([], 'int32')).shape).toEqual([0, 3]);
  });

  it('gives the table a gradient that adds up the places of each id', () => {
    const cotangent = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
    const ids = tf.tensor1d([2, 0, 2, 2], 'int32');
    const gradient = tf.grad((table) => tf.sum(tf.mul(tf.gather(table, ids), cotangent)));
    expect(gradient(tf.zeros([4, 2])).arraySync()).toEqual([
      [3, 4],
      [0, 0],
      [13, 16],
      [0, 0],
    ]);
  });
});

/** Sums in float64: for each segment the rows that carry its number. */
function segmentSums(
  rows: Float32Array,
  ids: Int32Array,
  { units, segments }: { units: number; segments: number },
) {
  const sums = new Float64Array(segments * units);
  ids.forEach((id, row) => {
    if (id < 0 || id >= segments) return;
    for (let unit = 0; unit < units; unit++) sums[id * units + unit] += rows[row * units + unit];
  });
  return sums;
}

function expectSums(rows: Float32Array, ids: Int32Array, sizes: { units: number; segments: number }): void {
  const { units, segments } = sizes;
  const actual = tf.tidy(() => {
    const x = tf.tensor2d(rows, [ids.length, units]);
    const sums = tf.unsortedSegmentSum(x, tf.tensor1d(ids, 'int32'), segments);
    expect(sums.shape).toEqual([segments, units]);
    return sums.dataSync();
  });
  const expected = segmentSums(rows, ids, sizes);
  const wrong = expected.findIndex((value, i) => !(Math.abs(actual[i] - value) < 1e-5));
  expect([wrong, actual[wrong]]).toEqual([-1, undefined]);
}

describe.each(ownVariants)('unsortedSegmentSum on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it('leaves out rows of a negative id, or one beyond the last segment', () => {
    const x = tf.tensor2d([1, 2, 4, 8, 16, 32, 64, 128], [4, 2]);
    const sums = tf.unsortedSegmentSum(x, tf.tensor1d([1, -1, 3, 1], 'int32'), 3);
    expect(sums.arraySync()).toEqual([
      [0, 0],
      [65, 130],
      [0, 0],
    ]);
  });

  it('sums rows of any width by any ids', () => {
    const width = fc.integer({ min: 1, max: 21 });
    const sizes = fc.record({
      units: width,
      segments: fc.integer({ min: 1, max: 12 }),
      count: fc.integer({ min: 1, max: 60 }),
      seed: fc.nat(1_000),
    });
    fc.assert(
      fc.property(sizes, ({ units, segments, count, seed }) => {
        const ids = randomIntegers(count, { from: -2, to: segments + 2, seed });
        expectSums(randomNumbers(count * units, { seed }), ids, { units, segments });
      }),
      { numRuns: 30 },
    );
  });

  it('sums what is large enough for several threads', () => {
    const ids = randomIntegers(3_000, { to: 40 });
    expectSums(randomNumbers(3_000 * 37), ids, { units: 37, segments: 40 });
  });

  it('sums whole numbers, and rows that are matrices', () => {
    const whole = tf.unsortedSegmentSum(tf.tensor1d([1, 2, 3], 'int32'), tf.tensor1d([1, 1, 0], 'int32'), 2);
    expect(whole.arraySync()).toEqual([3, 3]);
    const matrices = tf.tensor3d([1, 2, 3, 4, 10, 20, 30, 40], [2, 2, 2]);
    const sum = tf.unsortedSegmentSum(matrices, tf.tensor1d([0, 0], 'int32'), 1);
    expect(sum.arraySync()).toEqual([
      [
        [11, 22],
        [33, 44],
      ],
    ]);
  });
});

describe.each(ownVariants)('transpose on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  it('turns dimensions round', () => {
    const x = tf.tensor3d([1, 2, 3, 4, 5, 6], [1, 2, 3]);
    expect(tf.transpose(x, [2, 0, 1]).arraySync()).toEqual([[[1, 4]], [[2, 5]], [[3, 6]]]);
  });

  it('gives a tensor of its own where nothing is turned, which outlives the first', () => {
    const before = tf.memory().numTensors;
    const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const same = tf.transpose(x, [0, 1]);
    x.dispose();
    tf.fill([2, 2], 9).dispose();
    expect(same.arraySync()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    same.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
