import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LengthCounts } from '../../src/inspection/length-counts.js';

function countsOf(lengths: readonly number[]): LengthCounts {
  const counts = new LengthCounts();
  for (const length of lengths) counts.add(length);
  return counts;
}

describe('LengthCounts', () => {
  it('gives the quantiles that sorting gives', () => {
    const lengths = fc.array(fc.nat({ max: 500 }), { minLength: 1 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 0, max: 100 }), (values, percent) => {
        const sorted = [...values].sort((one, other) => one - other);
        const place = Math.max(1, Math.ceil((percent / 100) * values.length));
        expect(countsOf(values).quantile(percent / 100)).toBe(sorted[place - 1]);
      }),
    );
  });

  it('is within one percent above 65,536, and never above the maximum', () => {
    for (const length of [65_537, 100_001, 1_234_567, 2 ** 40 + 1]) {
      const found = countsOf([length, length, length * 2]).quantile(0.5);
      expect(found).toBeGreaterThanOrEqual(length);
      expect(found).toBeLessThan(length * 1.01);
      expect(countsOf([length]).quantile(0.5)).toBe(length);
    }
  });

  it('has classes of one width that hold all texts, the last one open', () => {
    const { histogram } = countsOf([...Array.from({ length: 200 }, (_, index) => index), 5000]).summary();
    expect(histogram[0]).toEqual({ from: 0, to: 19, texts: 20 });
    expect(histogram.at(-1)).toEqual({ from: 180, to: 5000, texts: 21 });
    expect(histogram.reduce((sum, { texts }) => sum + texts, 0)).toBe(201);
  });

  it('bears no text at all', () => {
    expect(countsOf([]).summary()).toMatchObject({ mean: 0, minimum: 0, maximum: 0, histogram: [] });
  });
});
