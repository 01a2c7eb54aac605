import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { Heap } from '../../../src/backends/wasm/heap.js';
import { instantiate, loadKernels } from '../../../src/backends/wasm/kernel-module.js';
import type { KernelOptions } from '../../../src/backends/wasm/kernel-options.js';
import { KernelRuntime, type RuntimeOptions } from '../../../src/backends/wasm/runtime.js';
import { ThreadPool } from '../../../src/backends/wasm/thread-pool.js';
import { operandsAddress, operandWriter } from '../../../src/backends/wasm/write-operands.js';
import { Random } from '../../../src/random/random.js';
import { instructionSets, whyNone } from './same-bits/bit-comparison.js';

const made: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(made.splice(0).map((each) => each.stop()));
});

function start(options: RuntimeOptions): KernelRuntime {
  const runtime = new KernelRuntime(options);
  made.push(runtime);
  return runtime;
}

const [rows, depth, columns] = [40, 50, 30];

/** Puts the factors of a product into memory. @returns what `multiply` is called with on so many threads */
function placeProduct({ heap, threads }: { heap: Heap; threads: number }, scratchBytes: number) {
  const random = new Random('native threads');
  const put = (count: number) => {
    const address = heap.allocate(4 * count);
    const values = Float32Array.from({ length: count }, () => random.next());
    new Float32Array(heap.memory.buffer, address, count).set(values);
    return address;
  };
  const [a, b, c] = [put(rows * depth), put(depth * columns), put(rows * columns)];
  const scratch = heap.allocate(threads * scratchBytes);
  return { a, b, c, rows, columns, depth, transposeA: 0, transposeB: 0, scratch, scratchBytes };
}

/** Words of the product on all threads. */
function product(runtime: KernelRuntime): Int32Array {
  const { kernels, threads } = runtime;
  const operands = placeProduct(runtime, kernels.multiplyScratchBytes(depth, columns));
  runtime.run('multiply', threads, operands);
  return runtime.integers(operands.c, rows * columns).slice();
}

/** Words of the product, one half of which a worker has computed: this thread waits until that has taken it. */
function sharedProduct(options: KernelOptions): Int32Array {
  const heap = new Heap();
  const { program } = loadKernels(heap.memory, options);
  const kernels = instantiate(program);
  const pool = new ThreadPool(2, program);
  made.push(pool);
  const operands = placeProduct({ heap, threads: 2 }, kernels.multiplyScratchBytes(depth, columns));
  operandWriter(heap.memory)('multiply', operands);
  const { words } = pool as unknown as { words: Int32Array };
  const partsTaken = () => Atomics.load(words, 0) % 128;
  pool.run('multiply', 2, operandsAddress, (...call) => {
    const end = performance.now() + 20_000;
    while (partsTaken() < 2) if (performance.now() > end) throw new Error('no worker has taken a part');
    kernels.multiply(...call);
  });
  return new Int32Array(heap.memory.buffer, operands.c, rows * columns).slice();
}

/** Both halves of the rows, of which a worker computes one. */
const halves = (words: Int32Array) => [
  ...[words.subarray(0, (rows / 2) * columns), words.subarray((rows / 2) * columns)],
];

describe.skipIf(whyNone !== '')(`native kernels on threads${whyNone}`, () => {
  it.each(instructionSets)('compute in workers, too, with %s', (instructions) => {
    const fused = product(start({ threads: 1, simd: 'relaxed-simd', kernels: 'wasm' }));
    const plain = product(start({ threads: 1, simd: 'simd', kernels: 'wasm' }));
    halves(plain).forEach((half, i) => {
      expect(half).not.toEqual(halves(fused)[i]);
    });
    // Where a worker took the WebAssembly that is beside them, its half would be that without fused multiply-add.
    expect(sharedProduct({ simd: 'simd', instructions })).toEqual(fused);
    expect(sharedProduct({ simd: 'simd', kernels: 'wasm' })).toEqual(plain);
  });

  it.each(instructionSets)(
    'go on in new workers after the former have ended, with %s',
    async (instructions) => {
      const runtime = start({ threads: 3, instructions });
      const first = product(runtime);
      for (let turn = 0; turn < 3; turn++) {
        await runtime.stop();
        expect(product(runtime)).toEqual(first);
      }
    },
  );

  it('are told of by the runtime', () => {
    for (const instructions of instructionSets)
      expect(start({ threads: 1, instructions }).instructions).toBe(instructions);
    expect(start({ threads: 1, kernels: 'native' }).instructions).toBe(instructionSets[0]);
    expect(start({ threads: 1, kernels: 'wasm' }).instructions).toBeUndefined();
  });

  it('say so where a worker cannot load them', async () => {
    const heap = new Heap();
    const { program } = loadKernels(heap.memory, { kernels: 'native' });
    const native = { ...program.native!, path: '/nowhere/kernels.node' };
    const pool = new ThreadPool(2, { ...program, native });
    made.push(pool);
    const x = heap.allocate(400);
    operandWriter(heap.memory)('scaleElements', { x, count: 100, factor: 2, output: x });
    const run = () => pool.run('scaleElements', 2, operandsAddress, instantiate(program).scaleElements);
    // This thread does what no other one takes.
    run();
    const { workers } = pool as unknown as { workers: Worker[] };
    await new Promise((resolve) => workers[0].once('exit', resolve));
    expect(run).toThrow(
      "The computation cannot go on: kernel thread 1 died: Cannot find module '/nowhere/kernels.node'",
    );
  });
});
