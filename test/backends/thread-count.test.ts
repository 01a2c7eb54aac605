import { describe, expect, it } from 'vitest';
import { tooManyThreads } from '../../src/backends/thread-count.js';
import { checkThreadRoom } from '../../src/backends/wasm/thread-room.js';
import { UserError } from '../../src/errors/user-error.js';

describe('more threads than cores', () => {
  it('are told with the number of cores', () => {
    expect(tooManyThreads(64, 2)).toMatch(/^64 threads on 2 cores: .* Use 2, or leave the number out$/);
    expect(tooManyThreads(2, 1)).toMatch(/^2 threads on 1 core: /);
  });

  it('are not where there are enough, or nobody asked for a number', () => {
    expect(tooManyThreads(2, 2)).toBeUndefined();
    expect(tooManyThreads(undefined, 1)).toBeUndefined();
  });
});

describe('the room for threads', () => {
  const limits = (bytes: string) =>
    `Limit                     Soft Limit           Hard Limit           Units     \nMax address space         ${bytes}          ${bytes}          bytes     \n`;
  const status = 'Name:\tnode\nVmSize:\t  10000000 kB\n';

  it('is what a limit of the address space leaves beside what is reserved already', () => {
    const options = { limits: limits('12000000000'), status };
    expect(() => checkThreadRoom(3, options)).not.toThrow();
    expect(() => checkThreadRoom(4, options)).toThrow(UserError);
    expect(() => checkThreadRoom(4, options)).toThrow(
      /12\.0 GB\) leaves room for 3 threads, and 4 were to start/,
    );
  });

  it('is always there for the one that calls', () => {
    expect(() => checkThreadRoom(1, { limits: limits('1000'), status })).not.toThrow();
  });

  it('has no end without a limit, or where nothing is known of one', () => {
    expect(() => checkThreadRoom(64, { limits: limits('unlimited'), status })).not.toThrow();
    expect(() => checkThreadRoom(64, { limits: '', status: '' })).not.toThrow();
  });
});
