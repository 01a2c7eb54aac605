import { afterEach, describe, expect, it } from 'vitest';
import { Heap } from '../../../src/backends/wasm/heap.js';
import { instantiate, loadKernels } from '../../../src/backends/wasm/kernel-module.js';
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

/** Words of a product of random matrices on all threads, of which each computes some rows. */
function product(runtime: KernelRuntime): Int32Array {
  const { heap, threads } = runtime;
  const random = new Random('native threads');
  const put = (count: number) => {
    const address = heap.allocate(4 * count);
    runtime.floats(address, count).set(Float32Array.from({ length: count }, () => random.next()));
    return address;
  };
  const [a, b, c] = [put(rows * depth), put(depth * columns), put(rows * columns)];
  const scratchBytes = runtime.kernels.multiplyScratchBytes(depth, columns);
  runtime.withScratch(threads * scratchBytes, (scratch) => {
    const how = { transposeA: 0, transposeB: 0, scratch, scratchBytes };
    runtime.run('multiply', threads, { a, b, c, rows, columns, depth, ...how });
  });
  const words = runtime.integers(c, rows * columns).slice();
  for (const address of [a, b, c]) heap.free(address);
  return words;
}

/** What the last of two threads computes. */
const ofWorker = (words: Int32Array) => words.subarray((rows / 2) * columns);

describe.skipIf(whyNone !== '')(`native kernels on threads${whyNone}`, () => {
  it.each(instructionSets)('compute in the workers, too, with %s', (instructions) => {
    const fused = product(start({ threads: 2, simd: 'relaxed-simd', kernels: 'wasm' }));
    const plain = product(start({ threads: 2, simd: 'simd', kernels: 'wasm' }));
    expect(ofWorker(plain)).not.toEqual(ofWorker(fused));
    // Where a worker took the WebAssembly that is beside them, its rows would be those without fused multiply-add.
    expect(product(start({ threads: 2, simd: 'simd', instructions }))).toEqual(fused);
  });

  it.each(instructionSets)(
    'go on in new workers after the former ones have ended, with %s',
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

  it('end a computation, instead of hanging, where a worker cannot load them', () => {
    const { memory } = new Heap();
    const { program } = loadKernels(memory, { kernels: 'native' });
    const write = operandWriter(memory);
    const native = { ...program.native!, path: '/nowhere/kernels.node' };
    const pool = new ThreadPool(2, { ...program, native }, 500);
    made.push(pool);
    write('scaleElements', { x: 2 ** 16, count: 100, factor: 2, output: 2 ** 16 });
    expect(() => pool.run('scaleElements', 2, operandsAddress, instantiate(program).scaleElements)).toThrow(
      '1 of 1 kernel threads did not answer for 0.5 s in scaleElements',
    );
  });
});
