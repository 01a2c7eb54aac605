import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { Heap } from '../../../src/backends/wasm/heap.js';
import { instantiate, loadKernels } from '../../../src/backends/wasm/kernel-module.js';
import { ThreadPool } from '../../../src/backends/wasm/thread-pool.js';
import { collect } from '../../cli/run-cli.js';

const { module } = loadKernels();
const pools: ThreadPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.stop()));
});

const rows = 100;
/** An id whose row lies far outside of the memory. */
const outside = 0x0fff_ffff;
const firstHalf = Array.from({ length: rows }, (_, i) => (i * 7) % rows);
/** Row i of the table is [i + 0.25, i + 0.5]. */
const rowsOf = (ids: readonly number[]) => ids.flatMap((id) => [id + 0.25, id + 0.5]);

/** A pool, and a kernel call on it that looks up rows of a table; its threads share the ids evenly. */
function lookup({ threads = 2, silence = 60_000 } = {}) {
  const heap = new Heap();
  const kernels = instantiate(module, heap.memory);
  const pool = new ThreadPool(threads, module, heap.memory, silence);
  pools.push(pool);
  const table = new Float32Array(heap.memory.buffer, heap.allocate(8 * rows), 2 * rows);
  table.set(rowsOf(Array.from({ length: rows }, (_, i) => i)));
  const ids = new Int32Array(heap.memory.buffer, heap.allocate(4 * rows), rows);
  const output = new Float32Array(heap.memory.buffer, heap.allocate(8 * rows), 2 * rows);
  const run = (wanted: readonly number[], onThreads = threads) => {
    ids.set(wanted);
    output.fill(-1);
    const operands = [table.byteOffset, ids.byteOffset, wanted.length, 2, output.byteOffset];
    pool.run('gatherTableRows', onThreads, operands, kernels.gatherTableRows);
    return [...output.subarray(0, 2 * wanted.length)];
  };
  return { pool, run };
}

/** The worker threads, which nobody but a test may touch. */
const workersOf = (pool: ThreadPool) => (pool as unknown as { workers: Worker[] }).workers;

const nextStep = 'Start the program again, or use one thread (--threads 1).';

describe('ThreadPool', () => {
  it.each([1, 2, 3, 4])('gives the same as one thread on %i threads, kernel after kernel', (threads) => {
    const { run } = lookup({ threads });
    for (let turn = 0; turn < 50; turn++) {
      const ids = firstHalf.map((id) => (id + turn) % rows).slice(0, rows - turn);
      expect(run(ids)).toEqual(rowsOf(ids));
    }
  });

  it('leaves out the threads that a kernel does not ask for', () => {
    const { run } = lookup({ threads: 4 });
    for (const threads of [4, 2, 3, 2, 4]) expect(run(firstHalf, threads)).toEqual(rowsOf(firstHalf));
  });

  it('starts no worker before the first kernel', () => {
    const { pool, run } = lookup({ threads: 3 });
    expect(workersOf(pool)).toEqual([]);
    run(firstHalf);
    expect(workersOf(pool)).toHaveLength(2);
  });

  it('throws, with the next step, after a worker has ended', async () => {
    const { pool, run } = lookup({ threads: 3 });
    run(firstHalf);
    await workersOf(pool)[1].terminate();
    const message = `The computation cannot go on: kernel thread 2 ended with code 1. ${nextStep}`;
    expect(() => run(firstHalf)).toThrow(new Error(message));
    expect(() => run(firstHalf)).toThrow(new Error(message));
  });

  it('throws instead of hanging when a worker ends while no event can tell of it', () => {
    const { pool, run } = lookup({ threads: 3 });
    run(firstHalf);
    Object.assign(pool, { silence: 300 });
    void workersOf(pool)[0].terminate();
    const message = `The computation cannot go on: 1 of 2 kernel threads did not answer for 0.3 s in gatherTableRows. ${nextStep}`;
    expect(() => run(firstHalf)).toThrow(new Error(message));
    expect(() => run(firstHalf)).toThrow(new Error(message));
  });

  it('throws when a kernel fails in a worker', () => {
    const { run } = lookup();
    const ids = [1, 2, 3, outside];
    const message = `The computation cannot go on: kernel thread 1 failed in gatherTableRows. ${nextStep}`;
    expect(() => run(ids)).toThrow(new Error(message));
  });

  it('throws when a kernel fails in its own thread, and the next kernels are right', () => {
    const { run } = lookup({ threads: 4 });
    for (let turn = 0; turn < 20; turn++) {
      expect(() => run([outside, ...firstHalf.slice(1)])).toThrow();
      expect(run(firstHalf)).toEqual(rowsOf(firstHalf));
    }
  });

  it('stops its workers, and starts new ones with the next kernel', async () => {
    const { pool, run } = lookup({ threads: 3 });
    run(firstHalf);
    const former = [...workersOf(pool)];
    const ends = former.map((worker) => once(worker, 'exit'));
    await pool.stop();
    await Promise.all(ends);
    expect(former.map(({ threadId }) => threadId)).toEqual([-1, -1]);
    expect(run(firstHalf)).toEqual(rowsOf(firstHalf));
    expect(workersOf(pool)).toHaveLength(2);
    await pool.stop();
    await pool.stop();
    expect(workersOf(pool)).toEqual([]);
  });

  it('keeps no program alive: one whose workers wait ends by itself', async () => {
    const program = `
      import * as tf from '@tensorflow/tfjs-core';
      import { useWasmBackend } from 'imdb-rnn/backend';
      await useWasmBackend({ threads: 4 });
      const square = tf.ones([100, 100]);
      console.log(tf.matMul(square, square).dataSync()[5050]);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
      timeout: 30_000,
    });
    expect(await collect(child)).toEqual({ code: 0, signal: null, stdout: '100\n', stderr: '' });
  });
});
