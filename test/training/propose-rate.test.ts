import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposeRate } from '../../src/training/propose-rate.js';

const rates = Array.from({ length: 10 }, (_, step) => 10 ** (step - 9));

describe('the rate that a range test proposes', () => {
  it('lies in the middle of the longest descent', () => {
    // Falls from step 2 to step 8: nine values, longest fall of seven, from its start at 1 a third and a sixth of 7 on.
    const losses = [5, 5, 5, 4, 3, 2.5, 2, 1.5, 1, 6];
    expect(proposeRate(rates, losses)).toBe(rates[1 + 2 + 1]);
  });

  it('looks past a loss that rises for a moment', () => {
    const smooth = proposeRate(rates, [9, 8, 7, 6, 5, 4, 3, 2, 1, 10]);
    expect(proposeRate(rates, [9, 8, 7, 7.5, 5, 4, 3, 2, 1, 10])).toBe(smooth);
  });

  it('is none where the loss never falls', () => {
    for (const losses of [[1, 1, 1, 2, 2, 3, 4, 5, 6, 7], [1], []]) {
      expect(proposeRate(rates.slice(0, losses.length), losses)).toBeUndefined();
    }
  });

  it('is one of the rates of the steps before the last of the descent', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 2, maxLength: 40 }),
        (losses) => {
          const steps = losses.map((_, step) => 1e-6 * 1.3 ** step);
          const proposed = proposeRate(steps, losses);
          const falls = losses.some((loss, step) => losses.slice(0, step).some((before) => loss < before));
          if (falls) expect(steps.slice(0, -1)).toContain(proposed);
          else expect(proposed).toBeUndefined();
        },
      ),
    );
  });
});
