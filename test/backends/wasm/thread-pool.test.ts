import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { Heap } from '../../../src/backends/wasm/heap.js';
import { instantiate, loadKernels } from '../../../src/backends/wasm/kernel-module.js';
import { ThreadPool } from '../../../src/backends/wasm/thread-pool.js';
import { operandsAddress, operandWriter } from '../../../src/backends/wasm/write-operands.js';
import { collect } from '../../cli/run-cli.js';

const pools: ThreadPool[] = [];
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.stop()));
});

const rows = 100;
const mostIds = 200_000;
/** An id whose row lies far outside of the memory. */
const outside = 0x0fff_ffff;
const manyIds = Array.from({ length: rows }, (_, i) => (i * 7) % rows);
/** Row i of the table is [i + 0.25, i + 0.5]. */
const rowsOf = (ids: readonly number[]) => ids.flatMap((id) => [id + 0.25, id + 0.5]);

/** A pool, and a kernel call on it that looks up rows of a table; its threads share the ids evenly. */
function lookup({ threads = 2, silence = 60_000 } = {}) {
  const heap = new Heap();
  const { program } = loadKernels(heap.memory);
  const kernels = instantiate(program);
  const write = operandWriter(heap.memory);
  const pool = new ThreadPool(threads, program, silence);
  pools.push(pool);
  const table = new Float32Array(heap.memory.buffer, heap.allocate(8 * rows), 2 * rows);
  table.set(rowsOf(Array.from({ length: rows }, (_, i) => i)));
  const ids = new Int32Array(heap.memory.buffer, heap.allocate(4 * mostIds), mostIds);
  const output = new Float32Array(heap.memory.buffer, heap.allocate(8 * mostIds), 2 * mostIds);
  const run = (wanted: readonly number[], onThreads = threads) => {
    ids.set(wanted);
    output.fill(-1, 0, 2 * wanted.length);
    write('gatherTableRows', {
      table: table.byteOffset,
      ids: ids.byteOffset,
      count: wanted.length,
      units: 2,
      output: output.byteOffset,
    });
    pool.run('gatherTableRows', onThreads, operandsAddress, kernels.gatherTableRows);
    return [...output.subarray(0, 2 * wanted.length)];
  };
  return { pool, run };
}

/** The worker threads, which nobody but a test may touch. */
const workersOf = (pool: ThreadPool) => (pool as unknown as { workers: Worker[] }).workers;

const nextStep = 'Start the program again, or use one thread (--threads 1, in a program { threads: 1 }).';

describe('ThreadPool', () => {
  it.each([1, 2, 3, 4])('gives the same as one thread on %i threads, kernel after kernel', (threads) => {
    const { run } = lookup({ threads });
    for (let turn = 0; turn < 50; turn++) {
      const ids = manyIds.map((id) => (id + turn) % rows).slice(0, rows - turn);
      expect(run(ids)).toEqual(rowsOf(ids));
    }
  });

  it('leaves out the threads that a kernel does not ask for', () => {
    const { run } = lookup({ threads: 4 });
    for (const threads of [4, 2, 3, 2, 4]) expect(run(manyIds, threads)).toEqual(rowsOf(manyIds));
  });

  it('starts no worker before the first kernel', () => {
    const { pool, run } = lookup({ threads: 3 });
    expect(workersOf(pool)).toEqual([]);
    run(manyIds);
    expect(workersOf(pool)).toHaveLength(2);
  });

  it('throws, with the next step, after a worker has ended', async () => {
    const { pool, run } = lookup({ threads: 3 });
    run(manyIds);
    await workersOf(pool)[1].terminate();
    // 0 where it had not begun: the others had taken all parts.
    const message = new RegExp(
      `^The computation cannot go on: kernel thread 2 ended with code [01]\\. ${nextStep.replace(/[().]/g, '\\$&')}$`,
    );
    expect(() => run(manyIds)).toThrow(message);
    expect(() => run(manyIds)).toThrow(message);
  });

  it('computes on when a worker ends while no event can tell of it, and throws once one can', async () => {
    const { pool, run } = lookup({ threads: 3, silence: 3_000 });
    run(manyIds);
    await setTimeout(100);
    const [worker] = workersOf(pool);
    void worker.terminate();
    for (let turn = 0; turn < 200; turn++) {
      const ids = manyIds.map((id) => (id + turn) % rows);
      expect(run(ids)).toEqual(rowsOf(ids));
    }
    await once(worker, 'exit');
    expect(() => run(manyIds)).toThrow('The computation cannot go on: kernel thread 1 ended with code');
  });

  it('throws instead of hanging when a worker has taken a part and does not finish it', () => {
    const { pool, run } = lookup({ threads: 3, silence: 300 });
    run(manyIds);
    // As a worker does that dies in a kernel: it takes a part, which nobody will report.
    const { words } = pool as unknown as { words: Int32Array };
    const takePart = () => {
      Atomics.add(words, 0, 1);
      return 3;
    };
    Object.assign(pool, { takePart });
    const message = /1 of 3 kernel threads did not answer for 0.3 s in gatherTableRows/;
    expect(() => run(manyIds)).toThrow(message);
    expect(() => run(manyIds)).toThrow(message);
  });

  it('throws when a kernel fails, in whatever thread, and the next kernels are right', () => {
    const { run } = lookup({ threads: 4, silence: 3_000 });
    run(manyIds);
    // The other threads are still at work when one fails.
    const bad = [outside, ...Array.from({ length: mostIds - 1 }, (_, i) => i % rows)];
    for (let turn = 0; turn < 50; turn++) {
      expect(() => run(bad)).toThrow(
        /out of bounds|^The kernel gatherTableRows failed in kernel thread [123]\.$/,
      );
      expect(run(manyIds)).toEqual(rowsOf(manyIds));
    }
  });

  it('stops its workers, and starts new ones with the next kernel', async () => {
    const { pool, run } = lookup({ threads: 3 });
    run(manyIds);
    const former = [...workersOf(pool)];
    await pool.stop();
    expect(former.map(({ threadId }) => threadId)).toEqual([-1, -1]);
    expect(run(manyIds)).toEqual(rowsOf(manyIds));
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
