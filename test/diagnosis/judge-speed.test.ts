import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judgeSpeed } from '../../src/diagnosis/judge-speed.js';
import { referenceFor, referenceSpeeds } from '../../src/diagnosis/reference-speeds.js';

const idle = { load: 0.3, cores: 2, usableCores: 2 };
const speed = (examplesPerSecond: number, threads = 2, vectorBits: 128 | 256 = 256) => ({
  ...{ threads, vectorBits, gflops: 100, examplesPerSecond },
});

describe('the speeds that others are set beside', () => {
  it.each(referenceSpeeds)('are those of the README: $vectorBits bits, $threads threads', (reference) => {
    const { vectorBits, threads, examplesPerSecond } = reference;
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const row = `imdb-rnn, ${vectorBits}-bit relaxed SIMD, ${threads === 1 ? '1 thread' : `${threads} threads`}`;
    const cells = readme
      .split('\n')
      .find((line) => line.includes(row))
      ?.split('|');
    expect(cells?.[4].trim()).toBe(examplesPerSecond.toLocaleString('en-US'));
  });

  it('are chosen by the registers, then by the nearest number of threads', () => {
    expect(referenceFor({ vectorBits: 256, threads: 1 }).examplesPerSecond).toBe(1307);
    expect(referenceFor({ vectorBits: 256, threads: 16 }).examplesPerSecond).toBe(2235);
    expect(referenceFor({ vectorBits: 128, threads: 1 })).toMatchObject({
      threads: 2,
      examplesPerSecond: 1258,
    });
  });
});

describe('a speed', () => {
  it('that is near has no reasons', () => {
    expect(judgeSpeed(speed(2235 / 2), { ...idle, load: 9 })).toMatchObject({
      ...{ ratio: 0.5, reasons: [] },
      reference: { machine: '2 cores of an AMD EPYC', node: 24, examplesPerSecond: 2235 },
    });
  });

  it('that is far below has what may be the reason', () => {
    const reasons = (examples: number, circumstances: object, threads = 2) =>
      judgeSpeed(speed(examples, threads, 128), { ...idle, ...circumstances }).reasons;
    expect(reasons(500, { load: 2.25 })).toEqual([
      'other programs compute, too: 2.3 on average in the last minute, on 2 cores',
    ]);
    expect(reasons(500, { usableCores: 1 }, 1)).toEqual([
      'this process may use 1 of 2 cores only',
      '1 thread here, 2 there',
    ]);
    expect(reasons(500, {})).toEqual([expect.stringContaining('the processor is slower')]);
  });
});
