import { afterEach, describe, expect, it } from 'vitest';
import { KernelRuntime, type RuntimeOptions } from '../../../src/backends/wasm/runtime.js';

const runtimes: KernelRuntime[] = [];
afterEach(async () => {
  await Promise.all(runtimes.splice(0).map((runtime) => runtime.stop()));
});

function start(options: RuntimeOptions): KernelRuntime {
  const runtime = new KernelRuntime(options);
  runtimes.push(runtime);
  return runtime;
}

/** 30 x 20 times 20 x 30 of small whole numbers, which floats add up exactly. */
function product(runtime: KernelRuntime, threads: number): { actual: number[]; expected: number[] } {
  const { heap } = runtime;
  const put = (values: number[]) => {
    const address = heap.allocate(4 * values.length);
    runtime.floats(address, values.length).set(values);
    return address;
  };
  const left = Array.from({ length: 600 }, (_, i) => (i % 13) - 6);
  const right = Array.from({ length: 600 }, (_, i) => (i % 17) - 8);
  const [a, b, c] = [put(left), put(right), put(new Array(900).fill(Number.NaN))];
  const scratchBytes = runtime.kernels.multiplyScratchBytes(20, 30);
  runtime.withScratch(threads * scratchBytes, (scratch) => {
    runtime.run('multiply', threads, {
      a,
      b,
      c,
      rows: 30,
      columns: 30,
      depth: 20,
      transposeA: 0,
      transposeB: 0,
      scratch,
      scratchBytes,
    });
  });
  const actual = [...runtime.floats(c, 900)];
  for (const address of [a, b, c]) heap.free(address);
  const expected = Array.from({ length: 900 }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < 20; k++) sum += left[Math.floor(i / 30) * 20 + k] * right[k * 30 + (i % 30)];
    return sum;
  });
  return { actual, expected };
}

describe('KernelRuntime', () => {
  const builds = ['simd', 'relaxed-simd'] as const;
  for (const [simd, vectorBits] of builds.flatMap((build) => [
    [build, 128] as const,
    [build, 256] as const,
  ])) {
    it.each([1, 2, 4])(`multiplies right with the ${simd} ${vectorBits} kernels on %i threads`, (threads) => {
      const runtime = start({ threads, simd, vectorBits });
      expect(runtime).toMatchObject({ simd, vectorBits });
      const { actual, expected } = product(runtime, threads);
      expect(actual).toEqual(expected);
      expect(runtime.heap.usedBytes).toBe(0);
    });
  }

  it('spreads work over its threads from a certain amount on, which a kernel may set', () => {
    const runtime = start({ threads: 3 });
    expect([1, 99_999, 100_000, 1e9].map((floats) => runtime.threadsFor(floats))).toEqual([1, 1, 3, 3]);
    expect([49, 50].map((floats) => runtime.threadsFor(floats, 50))).toEqual([1, 3]);
  });

  it('never uses more threads than it has', () => {
    const runtime = start({ threads: 2 });
    const { actual, expected } = product(runtime, 7);
    expect(actual).toEqual(expected);
  });

  it('goes on after it was stopped', async () => {
    const runtime = start({ threads: 2 });
    product(runtime, 2);
    await runtime.stop();
    const { actual, expected } = product(runtime, 2);
    expect(actual).toEqual(expected);
  });

  it('frees scratch memory when the work in it fails', () => {
    const runtime = start({ threads: 1 });
    const fail = () => {
      throw new Error('kernel failed');
    };
    expect(() => runtime.withScratch(1_000, fail)).toThrow('kernel failed');
    expect(runtime.heap.usedBytes).toBe(0);
  });

  it('computes right in memory above 2 GiB, where addresses are negative to 32-bit arithmetic', () => {
    const runtime = start({ threads: 2 });
    const low = runtime.heap.allocate(2.5 * 2 ** 30);
    const { actual, expected } = product(runtime, 2);
    expect(actual).toEqual(expected);
    runtime.heap.free(low);
  });
});
