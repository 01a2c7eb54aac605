import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uncertainties, uncertaintyMeasures } from '../../src/curation/uncertainty.js';

const answers = (probabilities: readonly number[], names: readonly string[]) => ({
  names,
  probabilities: Float64Array.from(probabilities),
});
const three = answers([0.5, 0.25, 0.25, 1, 0, 0, 0.25, 0.5, 0.25], ['a', 'b', 'c']);

/** The formulas as they stand in a textbook. */
const naive = {
  margin(row: readonly number[]) {
    const [first, second] = [...row].sort((one, other) => other - one);
    return 1 - (first - second);
  },
  entropy: (row: readonly number[]) => -row.reduce((sum, p) => sum + (p === 0 ? 0 : p * Math.log(p)), 0),
  leastConfidence: (row: readonly number[]) => 1 - [...row].sort((one, other) => other - one)[0],
};

describe('uncertainties', () => {
  it('has known values', () => {
    expect([...uncertainties([three], 'margin')]).toEqual([0.75, 0, 0.75]);
    expect([...uncertainties([three], 'leastConfidence')]).toEqual([0.5, 0, 0.5]);
    const entropy = 1.5 * Math.log(2);
    expect([...uncertainties([three], 'entropy')]).toEqual([
      expect.closeTo(entropy, 14),
      0,
      expect.closeTo(entropy, 14),
    ]);
  });

  it('is what the formulas say', () => {
    const weights = fc
      .array(fc.nat(20), { minLength: 4, maxLength: 4 })
      .filter((row) => row.some((w) => w > 0));
    fc.assert(
      fc.property(
        fc.array(weights, { minLength: 1 }),
        fc.constantFrom(...uncertaintyMeasures),
        (drawn, measure) => {
          const rows = drawn.map((row) => {
            const sum = row.reduce((total, weight) => total + weight, 0);
            return row.map((weight) => weight / sum);
          });
          const found = uncertainties([answers(rows.flat(), ['a', 'b', 'c', 'd'])], measure);
          expect([...found]).toEqual(rows.map((row) => expect.closeTo(naive[measure](row), 12)));
        },
      ),
    );
  });

  it('orders two labels alike by every measure', () => {
    const probability = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    fc.assert(
      fc.property(probability, probability, (one, other) => {
        if (Math.abs(Math.abs(one - 0.5) - Math.abs(other - 0.5)) < 1e-6) return;
        const two = answers([1 - one, one, 1 - other, other], ['a', 'b']);
        const first = uncertaintyMeasures.map((measure) => {
          const [left, right] = uncertainties([two], measure);
          return left > right;
        });
        expect(new Set(first).size).toBe(1);
      }),
    );
  });

  it('is the mean over several questions', () => {
    const sure = answers([1, 0], ['not a', 'a']);
    const unsure = answers([0.5, 0.5], ['not b', 'b']);
    expect([...uncertainties([sure, unsure], 'margin')]).toEqual([0.5]);
  });
});
