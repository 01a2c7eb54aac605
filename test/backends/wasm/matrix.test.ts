import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { ownVariants, useVariant } from '../backend-variants.js';
import { randomNumbers } from '../random-numbers.js';

interface Product {
  rows: number;
  depth: number;
  columns: number;
  transposeA: boolean;
  transposeB: boolean;
  /** Leading dimensions of each operand. */
  outerA: number[];
  outerB: number[];
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

/** The product in float64 and, for each element, the sum of the absolute values: its rounding error grows with that. */
function reference(product: Product, a: Float32Array, b: Float32Array) {
  const { rows, depth, columns, transposeA, transposeB, outerA, outerB } = product;
  const [batchA, batchB] = [sizeOf(outerA), sizeOf(outerB)];
  const batch = Math.max(batchA, batchB);
  const values = new Float64Array(batch * rows * columns);
  const sizes = new Float64Array(values.length);
  for (let n = 0; n < batch; n++) {
    const atA = batchA === 1 ? 0 : n * rows * depth;
    const atB = batchB === 1 ? 0 : n * depth * columns;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const to = (n * rows + i) * columns + j;
        for (let k = 0; k < depth; k++) {
          const one = a[atA + (transposeA ? k * rows + i : i * depth + k)];
          const other = b[atB + (transposeB ? j * depth + k : k * columns + j)];
          values[to] += one * other;
          sizes[to] += Math.abs(one * other);
        }
      }
    }
  }
  return { values, sizes };
}

function expectProduct(product: Product): void {
  const { rows, depth, columns, transposeA, transposeB, outerA, outerB } = product;
  const shapeA = [...outerA, ...(transposeA ? [depth, rows] : [rows, depth])];
  const shapeB = [...outerB, ...(transposeB ? [columns, depth] : [depth, columns])];
  const a = randomNumbers(sizeOf(shapeA), { seed: 1 });
  const b = randomNumbers(sizeOf(shapeB), { seed: 2 });
  const actual = tf.tidy(() => {
    const result = tf.matMul(tf.tensor(a, shapeA), tf.tensor(b, shapeB), transposeA, transposeB);
    expect(result.shape).toEqual([
      ...tf.broadcast_util.assertAndGetBroadcastShape(outerA, outerB),
      rows,
      columns,
    ]);
    return result.dataSync();
  });
  const { values, sizes } = reference(product, a, b);
  expect(actual).toHaveLength(values.length);
  // A float32 sum of n products is off by at most n 2^-24 of the sum of their absolute values, to first order (Higham,
  // Accuracy and Stability of Numerical Algorithms, section 3.1); a wrong or missing product is off by far more.
  const bound = (depth + 1) * 2 ** -24;
  const wrong = values.findIndex((value, i) => !(Math.abs(actual[i] - value) <= sizes[i] * bound + 1e-37));
  expect([wrong, actual[wrong]]).toEqual([-1, undefined]);
}

const both = [false, true];
const transposes = both.flatMap((transposeA) => both.map((transposeB) => ({ transposeA, transposeB })));

describe.each(ownVariants)('matMul on $title', (variant) => {
  beforeAll(() => useVariant(variant));

  // Edges of tiles (5 or 6 rows, 8 columns), of blocks (48 rows, depth 256), and sizes that go to several threads.
  it.each([
    [1, 1, 1],
    [5, 3, 7],
    [6, 256, 8],
    [7, 257, 9],
    [11, 2, 17],
    [48, 300, 16],
    [49, 513, 17],
    [131, 64, 33],
    [9, 130, 200],
    [1, 1000, 130],
    [130, 1000, 1],
  ])('multiplies [%i, %i] by [.., %i] as float64 does, transposed or not', (rows, depth, columns) => {
    for (const transpose of transposes)
      expectProduct({ rows, depth, columns, ...transpose, outerA: [], outerB: [] });
  });

  it('multiplies batches of matrices, and one by many', () => {
    const sizes = { rows: 13, depth: 21, columns: 10 };
    for (const transpose of transposes) {
      expectProduct({ ...sizes, ...transpose, outerA: [3], outerB: [3] });
      expectProduct({ ...sizes, ...transpose, outerA: [1], outerB: [4] });
      expectProduct({ ...sizes, ...transpose, outerA: [4], outerB: [1] });
      expectProduct({ ...sizes, ...transpose, outerA: [2, 3], outerB: [2, 3] });
    }
    expectProduct({
      rows: 60,
      depth: 50,
      columns: 70,
      transposeA: false,
      transposeB: true,
      outerA: [3],
      outerB: [1],
    });
  });

  it('broadcasts operands of different ranks', () => {
    const sizes = { rows: 2, depth: 3, columns: 4, transposeA: false, transposeB: false };
    expectProduct({ ...sizes, outerA: [5], outerB: [] });
    expectProduct({ ...sizes, outerA: [], outerB: [5] });
    expectProduct({ ...sizes, outerA: [1, 1], outerB: [5] });
    expectProduct({ ...sizes, outerA: [1], outerB: [1, 1] });
  });

  it('multiplies any shapes right', () => {
    const size = fc.integer({ min: 1, max: 40 });
    const outer = fc.constantFrom<[number[], number[]]>([[], []], [[2], [2]], [[1], [3]], [[3], [1]]);
    fc.assert(
      fc.property(
        size,
        size,
        size,
        fc.boolean(),
        fc.boolean(),
        outer,
        (rows, depth, columns, transposeA, transposeB, [outerA, outerB]) =>
          expectProduct({ rows, depth, columns, transposeA, transposeB, outerA, outerB }),
      ),
      { numRuns: 40 },
    );
  });

  it('gives nothing, or zeros, for empty matrices', () => {
    expect(tf.matMul(tf.zeros([0, 3]), tf.ones([3, 2])).shape).toEqual([0, 2]);
    const zeros = tf.matMul(tf.zeros([2, 0]), tf.zeros([0, 3]));
    expect([zeros.shape, [...zeros.dataSync()]]).toEqual([
      [2, 3],
      [0, 0, 0, 0, 0, 0],
    ]);
  });

  it('leaves its operands as they are', () => {
    const a = tf.tensor2d([1, 2, 3, 4], [2, 2]);
    const b = tf.tensor2d([5, 6, 7, 8], [2, 2]);
    expect([...tf.matMul(a, b).dataSync()]).toEqual([19, 22, 43, 50]);
    expect([...tf.matMul(a, b, true, true).dataSync()]).toEqual([23, 31, 34, 46]);
    expect([...a.dataSync(), ...b.dataSync()]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it.each<[string, (x: number) => number]>([
    ['linear', (x) => x],
    ['relu', (x) => Math.max(0, x)],
    ['relu6', (x) => Math.min(6, Math.max(0, x))],
    ['elu', (x) => (x < 0 ? Math.expm1(x) : x)],
    ['sigmoid', (x) => 1 / (1 + Math.exp(-x))],
    ['leakyrelu', (x) => (x < 0 ? 0.3 * x : x)],
    ['prelu', (x) => (x < 0 ? 0.25 * x : x)],
  ])('adds a bias and applies %s in one fused product', (activation, applied) => {
    const product: Product = {
      rows: 7,
      depth: 5,
      columns: 6,
      transposeA: true,
      transposeB: false,
      outerA: [],
      outerB: [],
    };
    const a = randomNumbers(35, { seed: 3, scale: 3 });
    const b = randomNumbers(30, { seed: 4, scale: 3 });
    const bias = randomNumbers(6, { seed: 5 });
    const actual = tf.fused.matMul({
      a: tf.tensor2d(a, [5, 7]),
      b: tf.tensor2d(b, [5, 6]),
      transposeA: true,
      bias: tf.tensor1d(bias),
      activation: activation as tf.fused.Activation,
      preluActivationWeights: activation === 'prelu' ? tf.fill([7, 6], 0.25) : undefined,
      leakyreluAlpha: 0.3,
    });
    expect(actual.shape).toEqual([7, 6]);
    const { values } = reference(product, a, b);
    const sums = values.map((value, i) => value + bias[i % 6]);
    expect(sums.some((sum) => sum < -1) && sums.some((sum) => sum > 6)).toBe(true);
    actual.dataSync().forEach((value, i) => {
      expect(Math.abs(value - applied(sums[i]))).toBeLessThan(1e-5);
    });
  });
});

describe('matMul', () => {
  it('gives the same bits on one thread as on four', async () => {
    const results: Float32Array[] = [];
    for (const threads of [1, 4]) {
      await useVariant({ title: '', name: 'wasm', options: { threads, simd: 'simd' } });
      for (const [rows, columns] of [
        [200, 50],
        [50, 200],
      ]) {
        const a = tf.tensor2d(randomNumbers(rows * 70), [rows, 70]);
        const b = tf.tensor2d(randomNumbers(70 * columns), [70, columns]);
        results.push(tf.matMul(a, b).dataSync<'float32'>());
      }
    }
    expect(results[2]).toEqual(results[0]);
    expect(results[3]).toEqual(results[1]);
  });
});
