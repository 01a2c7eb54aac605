import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { mean, median, percentile, summarize } from '../../../scripts/bench/statistics.mjs';

describe('the mean', () => {
  it('is the sum over the number of values', () => {
    expect(mean([1, 2, 6])).toBe(3);
  });
});

describe('the median', () => {
  it('is the middle of an odd number of values, whatever their order', () => {
    expect(median([30, 10, 20])).toBe(20);
  });

  it('is the mean of the middle two of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('sorts by size, not by spelling', () => {
    expect(median([9, 10, 100])).toBe(10);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('refuses to be taken of nothing', () => {
    expect(() => median([])).toThrow('no values');
  });
});

describe('a percentile', () => {
  it('lies between two values in proportion, as in NumPy', () => {
    // np.percentile(range(1, 11), 90) = 9.1
    expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)).toBeCloseTo(9.1, 12);
    expect(percentile([5, 1], 0)).toBe(1);
    expect(percentile([5, 1], 1)).toBe(5);
  });
});

describe('a summary of times', () => {
  it('has what the rivals report, to a microsecond', () => {
    expect(summarize([1.00049, 2, 6])).toEqual({ median: 2, min: 1, p90: 5.2, mean: 3 });
  });
});
