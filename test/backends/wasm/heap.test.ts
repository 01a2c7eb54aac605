import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Heap } from '../../../src/backends/wasm/heap.js';

/** The first page belongs to the kernels' own data. */
const start = 65_536;
const mebibyte = 2 ** 20;

describe('Heap', () => {
  it('puts blocks one behind the other on multiples of 64 bytes, behind the kernels own page', () => {
    const heap = new Heap();
    expect([heap.allocate(1), heap.allocate(64), heap.allocate(65), heap.allocate(8)]).toEqual([
      start,
      start + 64,
      start + 128,
      start + 256,
    ]);
    expect(heap.usedBytes).toBe(64 + 64 + 128 + 64);
  });

  it('gives a block of no bytes an address of its own', () => {
    const heap = new Heap();
    expect(heap.allocate(0)).not.toBe(heap.allocate(0));
  });

  it('takes the first gap that is large enough, and leaves the rest of it free', () => {
    const heap = new Heap();
    const blocks = [128, 64, 256, 64, 128, 64].map((bytes) => heap.allocate(bytes));
    for (const block of [blocks[0], blocks[2], blocks[4]]) heap.free(block);
    expect(heap.allocate(192)).toBe(blocks[2]);
    expect(heap.allocate(64)).toBe(blocks[0]);
    expect(heap.allocate(64)).toBe(blocks[0] + 64);
    expect(heap.allocate(64)).toBe(blocks[2] + 192);
  });

  it.each([
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ])('joins three neighbours that are freed in the order %i, %i, %i', (...order) => {
    const heap = new Heap();
    const blocks = [64, 128, 192].map((bytes) => heap.allocate(bytes));
    const wall = heap.allocate(64);
    for (const i of order) heap.free(blocks[i]);
    expect(heap.allocate(384)).toBe(blocks[0]);
    expect(heap.allocate(64)).toBe(wall + 64);
  });

  it('grows by 16 MiB when it is full, and lets a block reach from its old end into the new pages', () => {
    const heap = new Heap();
    const before = heap.totalBytes;
    const whole = heap.allocate(before - start - 64);
    expect(heap.totalBytes).toBe(before);
    const block = heap.allocate(128);
    expect(block).toBe(whole + before - start - 64);
    expect(heap.totalBytes).toBe(before + 16 * mebibyte);
    expect(heap.memory.buffer.byteLength).toBe(heap.totalBytes);
  });

  it('grows by whole pages of as much as a large block lacks', () => {
    const heap = new Heap();
    const before = heap.totalBytes;
    const free = before - start;
    expect(heap.allocate(free + 40 * mebibyte + 1)).toBe(start);
    expect(heap.totalBytes).toBe(before + 40 * mebibyte + 65_536);
  });

  it('keeps what earlier views show when it grows', () => {
    const heap = new Heap();
    const view = new Float32Array(heap.memory.buffer, heap.allocate(16), 4).fill(7);
    heap.allocate(heap.totalBytes);
    view[3] = 8;
    expect([...new Float32Array(heap.memory.buffer, view.byteOffset, 4)]).toEqual([7, 7, 7, 8]);
  });

  it('says what to do when 4 GiB are not enough, and goes on working', () => {
    const heap = new Heap();
    heap.allocate(3 * mebibyte);
    expect(() => heap.allocate(4096 * mebibyte)).toThrow(
      'No room for a tensor of 4096.0 MiB: 3.0 MiB are in use and WebAssembly addresses 4 GiB. A smaller batch size needs less.',
    );
    expect(heap.allocate(64)).toBe(start + 3 * mebibyte);
    expect(heap.usedBytes).toBe(3 * mebibyte + 64);
  });

  it('never hands out the last page, whose end 32 bits cannot name', () => {
    const heap = new Heap();
    const last = 4096 * mebibyte - 65_536 - start;
    expect(() => heap.allocate(last + 1)).toThrow('WebAssembly addresses 4 GiB');
  });

  it('says so when the machine gives no more memory, and has changed nothing', () => {
    const heap = new Heap();
    const grow = vi.spyOn(heap.memory, 'grow').mockImplementation(() => {
      throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
    });
    const before = heap.totalBytes;
    expect(() => heap.allocate(20 * mebibyte)).toThrow(
      'No room for a tensor of 20.0 MiB: 0.0 MiB are in use and the machine has no more memory to give. A smaller batch size needs less.',
    );
    expect([heap.totalBytes, heap.usedBytes]).toEqual([before, 0]);
    grow.mockRestore();
    expect(heap.allocate(20 * mebibyte)).toBe(start);
  });

  it('refuses to free what is not the start of a block, or is free already', () => {
    const heap = new Heap();
    const block = heap.allocate(128);
    expect(() => heap.free(block + 64)).toThrow(`There is no block at address ${block + 64} to free`);
    heap.free(block);
    expect(() => heap.free(block)).toThrow(`There is no block at address ${block} to free`);
    expect(heap.usedBytes).toBe(0);
  });

  it('behaves as a plain first-fit model does, whatever comes and goes', () => {
    // One heap for all runs: each leaves it empty, and every new one would reserve 4 GiB of addresses.
    const heap = new Heap();
    const command = fc.oneof(
      { weight: 6, arbitrary: fc.record({ bytes: fc.nat(1_000) }) },
      { weight: 1, arbitrary: fc.record({ bytes: fc.integer({ min: 4 * mebibyte, max: 9 * mebibyte }) }) },
      { weight: 5, arbitrary: fc.record({ free: fc.nat() }) },
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 80 }), (commands) => {
        /** Address and size of each block that lives, by address. */
        const live: { address: number; size: number }[] = [];
        for (const each of commands) {
          if ('free' in each) {
            if (live.length === 0) continue;
            const [gone] = live.splice(each.free % live.length, 1);
            heap.free(gone.address);
          } else {
            const size = Math.max(64, Math.ceil(each.bytes / 64) * 64);
            const { place, address } = firstFit(live, { size, end: heap.totalBytes });
            expect(heap.allocate(each.bytes)).toBe(address);
            expect(address % 64).toBe(0);
            live.splice(place, 0, { address, size });
          }
          expect(heap.usedBytes).toBe(live.reduce((sum, { size }) => sum + size, 0));
        }
        for (const { address } of live) heap.free(address);
        expect(heap.usedBytes).toBe(0);
        // All that was freed is one block again.
        const whole = heap.totalBytes - start;
        expect(heap.allocate(whole)).toBe(start);
        expect(heap.totalBytes).toBe(start + whole);
        heap.free(start);
      }),
      { numRuns: 150 },
    );
  });
});

/** Where the first gap of `size` bytes is; behind the last block, beyond the end too, where there is none. */
function firstFit(
  live: readonly { address: number; size: number }[],
  { size, end }: { size: number; end: number },
): { place: number; address: number } {
  let address = start;
  for (let place = 0; place < live.length; place++) {
    if (live[place].address - address >= size) return { place, address };
    address = live[place].address + live[place].size;
  }
  expect(address).toBeLessThanOrEqual(end);
  return { place: live.length, address };
}
