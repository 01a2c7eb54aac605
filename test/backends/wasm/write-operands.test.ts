import { describe, expect, it } from 'vitest';
import { Heap } from '../../../src/backends/wasm/heap.js';
import { instantiate, loadKernels } from '../../../src/backends/wasm/kernel-module.js';
import { kernelOperands } from '../../../src/backends/wasm/kernel-operands.js';
import { operandsAddress, operandWriter } from '../../../src/backends/wasm/write-operands.js';

const clip = { x: 3_000_000_000, count: 7, limit: 0.1, output: 4_294_967_232 };

/** A memory, a writer of operands, and what the kernels would read of the words that were written. */
function start() {
  const { memory } = new Heap();
  const view = () => new DataView(memory.buffer, operandsAddress);
  return {
    memory,
    write: operandWriter(memory),
    address: (word: number) => view().getUint32(4 * word, true),
    integer: (word: number) => view().getInt32(4 * word, true),
    float: (word: number) => view().getFloat32(4 * word, true),
  };
}

describe('operandWriter', () => {
  it('writes addresses above 2 GiB, integers, and floats of single precision, in the order of the table', () => {
    const { write, address, integer, float } = start();
    write('clipElements', clip);
    expect([address(0), integer(1), float(2), address(3)]).toEqual([
      3_000_000_000,
      7,
      Math.fround(0.1),
      4_294_967_232,
    ]);
  });

  it('writes negative integers', () => {
    const { write, integer } = start();
    write('poolForward', {
      x: 64,
      mask: 0,
      batch: 2,
      time: 3,
      features: 4,
      lastAt: -1,
      maximumAt: 0,
      meanAt: -2_147_483_648,
      width: 4,
      output: 128,
      steps: 192,
    });
    const { length } = Object.keys(kernelOperands.poolForward);
    expect(Array.from({ length }, (_, word) => integer(word))).toEqual([
      ...[64, 0, 2, 3, 4],
      ...[-1, 0, -2_147_483_648, 4],
      ...[128, 192],
    ]);
  });

  it('goes by names, whatever their order', () => {
    const { write, integer } = start();
    write('reluGradient', { result: 4, count: 3, output: 2, gradient: 1 });
    expect([0, 1, 2, 3].map(integer)).toEqual([1, 2, 3, 4]);
  });

  it('writes to the same place after the memory has grown', () => {
    const { memory, write, address, float } = start();
    const former = memory.buffer;
    memory.grow(1);
    expect(memory.buffer.byteLength).toBeGreaterThan(former.byteLength);
    write('clipElements', clip);
    expect([address(0), float(2)]).toEqual([3_000_000_000, Math.fround(0.1)]);
  });

  it('refuses operands that are missing, with the name of the kernel and of the operand', () => {
    const { write } = start();
    const { x, count, limit, output } = clip;
    // @ts-expect-error: the types refuse it, too
    expect(() => write('clipElements', { x, count, output })).toThrow(
      new Error('clipElements: the operand limit is undefined'),
    );
    expect(() => write('clipElements', { x, count: Number.NaN, limit, output })).toThrow(
      new Error('clipElements: the operand count is NaN'),
    );
    expect(() => write('clipElements', { x: Number.NaN, count, limit, output })).toThrow(
      new Error('clipElements: the operand x is NaN'),
    );
    // @ts-expect-error: the types refuse one too many
    write('clipElements', { x, count, limit, output, factor: 1 });
  });

  it('writes a float that is not a number, which a training that has gone wrong must show', () => {
    const { write, float } = start();
    write('clipElements', { ...clip, limit: Number.NaN });
    expect(float(2)).toBeNaN();
  });

  it('has room for the operands of every kernel between the static data of the kernels and the heap', () => {
    const heap = new Heap();
    instantiate(loadKernels(heap.memory).program);
    const counts = Object.values(kernelOperands).map((operands) => Object.keys(operands).length);
    expect(heap.allocate(1)).toBeGreaterThanOrEqual(operandsAddress + 4 * Math.max(...counts));
    const around = new Uint8Array(heap.memory.buffer, operandsAddress - 1024, 2048);
    expect(around.some((byte) => byte !== 0)).toBe(false);
  });
});

describe('kernelOperands', () => {
  it('has a row for every threaded kernel, and no other', () => {
    const kernels = instantiate(loadKernels(new Heap().memory).program);
    const others = /Bytes$|^sumShares$|^memory$/;
    const threaded = Object.entries(kernels).filter(([name]) => !others.test(name));
    expect(threaded.map(([name]) => name).sort()).toEqual(Object.keys(kernelOperands).sort());
    // The thread, the number of threads, and the address of the operands.
    for (const [, kernel] of threaded) expect(kernel).toHaveLength(3);
  });
});
