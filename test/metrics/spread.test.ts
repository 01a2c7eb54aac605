import { describe, expect, it } from 'vitest';
import { spreadOf } from '../../src/metrics/spread.js';
import { studentQuantile } from '../../src/metrics/student-t.js';

describe("the points of Student's t", () => {
  // scipy.stats.t.ppf of scipy 1.16.
  it.each([
    [0.975, 1, 12.706204736174694],
    [0.975, 2, 4.302652729749462],
    [0.975, 4, 2.7764451051977934],
    [0.975, 9, 2.262157162798205],
    [0.975, 29, 2.045229642132703],
    [0.975, 99, 1.9842169515864174],
    [0.95, 5, 2.0150483733330233],
    [0.6, 3, 0.2766706623326898],
    [0.995, 10, 3.16927267261695],
  ])('have the values of scipy: %f below, %i degrees of freedom', (share, freedom, point) => {
    expect(Math.abs(studentQuantile(share, freedom) / point - 1)).toBeLessThan(1e-9);
  });

  it('exist for shares above one half and whole degrees of freedom alone', () => {
    for (const [share, freedom] of [
      [0.5, 3],
      [1, 3],
      [0.9, 0],
      [0.9, 1.5],
    ]) {
      expect(() => studentQuantile(share, freedom)).toThrow(RangeError);
    }
  });
});

describe('the spread of measurements', () => {
  it('is the deviation of the sample, and an interval of the mean', () => {
    const spread = spreadOf([0.75, 0.77, 0.76]);
    expect(spread).toMatchObject({ count: 3, least: 0.75, greatest: 0.77 });
    expect(spread.mean).toBeCloseTo(0.76, 12);
    expect(spread.deviation).toBeCloseTo(0.01, 12);
    // 4.302652729749462 * 0.01 / sqrt(3)
    expect(spread.interval![0]).toBeCloseTo(0.76 - 0.0248413771, 9);
    expect(spread.interval![1]).toBeCloseTo(0.76 + 0.0248413771, 9);
  });

  it('is unknown of one measurement, and there is none of none', () => {
    expect(spreadOf([0.5])).toEqual({
      ...{ count: 1, mean: 0.5, deviation: null },
      ...{ least: 0.5, greatest: 0.5, interval: null },
    });
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});
