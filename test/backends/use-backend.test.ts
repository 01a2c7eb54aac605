import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BackendName } from '../../src/backends/backend-names.js';
import { useBackend } from '../../src/backends/use-backend.js';
import { fastestVectorBits } from '../../src/backends/wasm/vector-bits.js';
import { UserError } from '../../src/errors/user-error.js';

/** So that the next one is made anew, as in another process. */
const removeWasm = () => tf.findBackend('wasm') && tf.removeBackend('wasm');

describe('useBackend', () => {
  it('takes wasm for auto, and says with how many threads and which kernels', async () => {
    const choice = await useBackend('auto', { threads: 3, simd: 'simd', vectorBits: 128 });
    const reason = '3 threads, SIMD';
    expect(choice).toEqual({ name: 'wasm', threads: 3, simd: 'simd', vectorBits: 128, reason });
    const wide = await useBackend('wasm', { threads: 3, simd: 'simd', vectorBits: 256 });
    expect(wide).toMatchObject({ vectorBits: 256, reason: '3 threads, 256-bit SIMD' });
    expect(tf.getBackend()).toBe('wasm');
  });

  it("takes TF.js' own cpu backend by name", async () => {
    expect(await useBackend('cpu')).toMatchObject({ name: 'cpu', threads: 1 });
    expect(tf.getBackend()).toBe('cpu');
  });

  it('prefers the relaxed SIMD kernels, in the wider form where V8 makes that the faster one', async () => {
    const vectorBits = fastestVectorBits();
    const reason = vectorBits === 256 ? '1 thread, 256-bit relaxed SIMD' : '1 thread, relaxed SIMD';
    const choice = await useBackend('wasm', { threads: 1 });
    expect(choice).toMatchObject({ simd: 'relaxed-simd', vectorBits, reason });
  });

  it('stays with 128 bits where the environment asks for it', async () => {
    vi.stubEnv('IMDB_RNN_VECTOR_BITS', '128');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(fastestVectorBits()).toBe(128);
    removeWasm();
    expect(await useBackend('wasm', { threads: 1 })).toMatchObject({ vectorBits: 128 });
    removeWasm();
  });

  it('keeps a backend that fits, with its tensors, and replaces one that does not', async () => {
    await useBackend('wasm', { threads: 2, simd: 'simd' });
    const first = tf.backend();
    const tensor = tf.tensor1d([1, 2]);
    await useBackend('wasm', { threads: 2 });
    expect(tf.backend()).toBe(first);
    expect([...tensor.dataSync()]).toEqual([1, 2]);
    await useBackend('wasm', { threads: 3 });
    expect(tf.backend()).not.toBe(first);
    expect(tf.matMul(tf.ones([1, 2]), tf.ones([2, 1])).dataSync()[0]).toBe(2);
  });

  it.each([0, -1, 1.5, Number.NaN, 65])('refuses %d threads', async (threads) => {
    const refused = useBackend('wasm', { threads });
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(`The number of threads is ${threads}`);
  });

  it('refuses a backend that it does not know, naming those that it knows', async () => {
    const refused = useBackend('abacus' as BackendName);
    await expect(refused).rejects.toMatchObject({
      message: 'There is no backend "abacus"',
      hint: 'Use one of: auto, compiled, wasm, tensorflow, cuda, cpu.',
    });
  });
});
