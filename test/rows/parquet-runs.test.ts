import { describe, expect, it } from 'vitest';
import { checkRuns } from '../../src/rows/parquet-runs.js';

const check = (bytes: number[], bits: number, values: number) =>
  checkRuns({ bytes: Uint8Array.from(bytes), start: 0, end: bytes.length, bits, values });

describe('checkRuns', () => {
  it.each([
    ['one run of 100', [200, 1, 7], 3, 100],
    ['one group of bit-packed values', [3, 0x88, 0xc6, 0xfa], 3, 8],
    ['a last group that is padded', [3, 0x88, 0xc6, 0xfa], 3, 5],
    ['two runs', [8, 1, 8, 0], 1, 8],
    ['values that need no bits', [200, 1], 0, 100],
  ])('passes sound runs: %s', (_, bytes, bits, values) => {
    expect(() => check(bytes, bits, values)).not.toThrow();
  });

  it.each([
    [
      'a run that fills the memory',
      [0xfe, 0xff, 0xff, 0xff, 0x0f, 7],
      3,
      100,
      'a run of 2147483647 values where 100 are left',
    ],
    [
      'groups without an end',
      [0xff, 0xff, 0xff, 0xff, 0x0f, 7],
      0,
      100,
      'a run of 17179869176 values where 100 are left',
    ],
    ['a second run too long', [8, 1, 0xd0, 0x0f, 1], 1, 8, 'a run of 1000 values where 4 are left'],
    ['a length that is cut off', [0x80], 1, 8, 'a run without a length'],
    ['too many bits', [8, 1], 33, 8, 'values of 33 bits'],
  ])('refuses %s', (_, bytes, bits, values, message) => {
    expect(() => check(bytes, bits, values)).toThrow(new RangeError(message));
  });
});
