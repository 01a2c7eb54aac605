import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { describePeak, measurePeak, peakWith } from '../../../scripts/bench/measure-peak.mjs';

const howToGet = 'pip install a-compiler';
const compiled: string[][] = [];
const tools = {
  isThere: () => true,
  howToGet,
  run: (parameters: string[]) => void compiled.push(parameters),
};
const measure = async (_: string, [threads]: string[]) => {
  return { instructions: 'AVX2', threads: Number(threads), gflops: 100 * Number(threads) - 10 };
};

describe("the machine's peak", () => {
  it('is measured with one thread and with all of them, by a program for this processor', async () => {
    const peak = await measurePeak({ threads: 4, folder: 'somewhere', tools, measure });
    expect(peak).toEqual({ instructions: 'AVX2', threads: 4, one: 90, all: 390 });
    expect(compiled.at(-1)).toContain('-mcpu=native');
    expect(compiled.at(-1)?.at(-1)).toContain('somewhere');
    expect([1, 2, 4].map((threads) => peakWith(peak, threads))).toEqual([90, undefined, 390]);
    expect(describePeak(peak)).toContain('(AVX2): 90.0 GFLOP/s with 1 thread, 390.0 with 4.');
  });

  it('is measured once where one thread is all there is', async () => {
    const peak = await measurePeak({ threads: 1, folder: 'somewhere', tools, measure });
    expect(peak).toEqual({ instructions: 'AVX2', threads: 1, one: 90, all: 90 });
    expect(describePeak(peak)).toMatch(/with 1 thread\.$/);
  });

  it('is not measured without the compiler, and the report says how to get it', async () => {
    const peak = await measurePeak({
      threads: 2,
      folder: 'somewhere',
      tools: { ...tools, isThere: () => false },
      measure,
    });
    expect(describePeak(peak)).toContain(howToGet);
    expect(peakWith(peak, 1)).toBeUndefined();
  });

  it('is not measured where the program cannot be made or does not run, and the report says why', async () => {
    const fails = (reason: string) => () => {
      throw new Error(`${reason}\nand more`);
    };
    const settings = { threads: 2, folder: 'somewhere', measure };
    const unmade = await measurePeak({ ...settings, tools: { ...tools, run: fails('unknown option') } });
    expect(describePeak(unmade)).toMatch(/is not measured: unknown option$/);
    const unrun = await measurePeak({
      ...settings,
      tools,
      measure: async () => fails('illegal instruction')(),
    });
    expect(describePeak(unrun)).toMatch(/is not measured: illegal instruction$/);
  });
});
