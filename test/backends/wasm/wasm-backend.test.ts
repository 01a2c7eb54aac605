import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useBackend } from '../../../src/backends/use-backend.js';
import type { WasmBackend } from '../../../src/backends/wasm/wasm-backend.js';
import { randomNumbers } from '../random-numbers.js';

let backend: WasmBackend;
beforeAll(async () => {
  await useBackend('wasm', { threads: 2 });
  backend = tf.backend() as WasmBackend;
});

const heapUsed = () => backend.memory().heapUsedBytes;
const square = () => tf.tensor2d(randomNumbers(400), [20, 20]);

describe('the wasm backend', () => {
  beforeEach(() => {
    expect(tf.memory().numTensors).toBe(0);
    expect(heapUsed()).toBe(0);
  });

  it('frees what its tensors took when they are disposed', () => {
    const [a, b] = [square(), square()];
    const product = tf.matMul(a, b);
    expect(heapUsed()).toBe(3 * 1_600);
    tf.dispose([a, b]);
    expect(heapUsed()).toBe(1_600);
    product.dispose();
    expect(heapUsed()).toBe(0);
  });

  it('keeps values as long as one of the tensors that share them lives', () => {
    const product = tf.tidy(() => tf.matMul(square(), square()));
    const expected = product.dataSync();
    const shared = tf.reshape(product, [400]);
    product.dispose();
    tf.tidy(() => {
      tf.matMul(tf.ones([20, 20]), tf.ones([20, 20]));
    });
    expect(shared.dataSync()).toEqual(expected);
    shared.dispose();
  });

  it('hands out values that never change afterwards', async () => {
    const product = tf.tidy(() => tf.matMul(square(), square()));
    const now = product.dataSync();
    const later = await product.data();
    const copy = now.slice();
    product.dispose();
    tf.tidy(() => {
      tf.matMul(tf.ones([20, 20]), tf.ones([20, 20]));
      expect(now).toEqual(copy);
      expect(later).toEqual(copy);
    });
  });

  it('lets stock operations take parts of its tensors that outlive them', () => {
    const source = tf.tidy(() => tf.matMul(square(), square()));
    const values = source.dataSync();
    // TF.js' own kernels hand on views of what they are given where they can.
    const parts = [tf.slice(source, [0, 0], [3, 20]), ...tf.split(source, 4, 0), ...tf.unstack(source)];
    const expected = parts.map((part) => part.dataSync());
    expect(expected[0]).toEqual(values.slice(0, 60));
    expect(heapUsed()).toBe(1_600);
    source.dispose();
    expect(heapUsed()).toBe(0);
    tf.tidy(() => {
      for (let i = 0; i < 5; i++) tf.matMul(tf.fill([20, 20], i), tf.ones([20, 20]));
    });
    parts.forEach((part, i) => {
      expect(part.dataSync()).toEqual(expected[i]);
    });
    tf.dispose(parts);
  });

  it('computes on after its memory has grown, with tensors from before', () => {
    const a = square();
    const before = tf.tidy(() => tf.matMul(a, a).dataSync());
    const { totalBytes } = backend.runtime.heap;
    const large = tf.tidy(() => tf.matMul(tf.ones([3_000, 1]), tf.ones([1, 3_000])));
    expect(backend.runtime.heap.totalBytes).toBeGreaterThan(totalBytes);
    expect(tf.tidy(() => tf.matMul(a, a).dataSync())).toEqual(before);
    tf.dispose([a, large]);
  });

  it('reports the memory that it has and uses', () => {
    const a = square();
    tf.matMul(a, a).dispose();
    const { heapBytes, heapUsedBytes } = tf.memory() as tf.MemoryInfo & ReturnType<WasmBackend['memory']>;
    expect(heapUsedBytes).toBe(1_600);
    expect(heapBytes).toBeGreaterThanOrEqual(16 * 2 ** 20);
    a.dispose();
  });
});
