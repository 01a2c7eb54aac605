import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquaredTail } from '../../src/metrics/chi-squared-tail.js';
import { type McNemarTest, mcNemarTest } from '../../src/metrics/mcnemar-test.js';

/** Made by scripts/golden/mcnemar.py. */
const golden = JSON.parse(
  readFileSync(new URL('../golden/metrics/mcnemar.json', import.meta.url), 'utf8'),
) as { tests: McNemarTest[]; tails: { value: number; tail: number }[] };

/** Relative, so that the small tails count as well. */
const expectClose = (value: number, expected: number) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));

describe("McNemar's test", () => {
  it.each(golden.tests)("is statsmodels' for $onlyFirst and $onlySecond", (expected) => {
    const { onlyFirst, onlySecond, method, statistic, pValue } = expected;
    const test = mcNemarTest(onlyFirst, onlySecond);
    expect(test).toMatchObject({ onlyFirst, onlySecond, method });
    if (statistic === null) expect(test.statistic).toBeNull();
    else expectClose(test.statistic!, statistic);
    expectClose(test.pValue, pValue);
  });

  it('does not depend on which of the two is the first', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(2_000), (first, second) => {
        const [one, other] = [mcNemarTest(first, second), mcNemarTest(second, first)];
        expect(one.pValue).toBe(other.pValue);
        expect(one.pValue).toBeGreaterThanOrEqual(0);
        expect(one.pValue).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('finds the same number of differing examples the less likely, the more one-sided they are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), (discordant, seed) => {
        const few = seed % Math.ceil(discordant / 2);
        const fewer = mcNemarTest(few, discordant - few).pValue;
        const more = mcNemarTest(few + 1, discordant - few - 1).pValue;
        if (few + 1 <= discordant / 2) expect(fewer).toBeLessThanOrEqual(more);
      }),
    );
  });

  it('refuses what is no count', () => {
    for (const wrong of [-1, 0.5, Number.NaN]) {
      expect(() => mcNemarTest(wrong, 1)).toThrow('is no count of examples');
      expect(() => mcNemarTest(1, wrong)).toThrow('is no count of examples');
    }
  });
});

describe('the tail of chi-squared', () => {
  it.each(golden.tails)("is SciPy's at $value", ({ value, tail }) => {
    expectClose(chiSquaredTail(value), tail);
  });

  it('is nothing at infinity, and not defined below 0', () => {
    expect(chiSquaredTail(Infinity)).toBe(0);
    expect(() => chiSquaredTail(-1)).toThrow('at least 0');
    expect(() => chiSquaredTail(Number.NaN)).toThrow('at least 0');
  });
});
