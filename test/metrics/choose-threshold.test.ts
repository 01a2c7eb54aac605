import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseThreshold } from '../../src/metrics/choose-threshold.js';

/** Rows of (target, score); scores from a coarse grid, so that ties are common. */
const scoredRows = fc.array(
  fc.record({ target: fc.constantFrom(0, 1), score: fc.integer({ min: 0, max: 8 }).map((n) => n / 8) }),
  { minLength: 1, maxLength: 40 },
);
type Rows = { target: number; score: number }[];
const columnsOf = (rows: Rows) => ({
  targets: Uint8Array.from(rows, (row) => row.target),
  scores: Float64Array.from(rows, (row) => row.score),
});

/** Every threshold from the highest to the lowest, counted anew for each. */
function everyThreshold(rows: Rows) {
  const positives = rows.filter((row) => row.target === 1).length;
  return [...new Set(rows.map((row) => row.score))]
    .sort((one, other) => other - one)
    .map((threshold) => {
      const predicted = rows.filter((row) => row.score >= threshold);
      const hits = predicted.filter((row) => row.target === 1).length;
      return {
        threshold,
        precision: hits / predicted.length,
        recall: hits / positives,
        f1: (2 * hits) / (predicted.length + positives),
      };
    });
}
const highest = (values: number[]) => Math.max(...values);
const withTarget = scoredRows.filter((rows) => rows.some((row) => row.target === 1));
const share = fc.integer({ min: 0, max: 20 }).map((n) => n / 20);

describe('chooseThreshold', () => {
  it('finds the best F1 of all thresholds, and the highest threshold that has it', () => {
    fc.assert(
      fc.property(withTarget, (rows) => {
        const { targets, scores } = columnsOf(rows);
        const all = everyThreshold(rows);
        const best = highest(all.map((one) => one.f1));
        const expected = all.find((one) => one.f1 === best)!;
        expect(chooseThreshold(targets, scores, { for: 'f1' })).toEqual({
          threshold: expected.threshold,
          best: expected,
        });
      }),
    );
  });

  it('finds the highest recall at a precision, or says which precision comes nearest', () => {
    fc.assert(
      fc.property(withTarget, share, (rows, precision) => {
        const { targets, scores } = columnsOf(rows);
        const all = everyThreshold(rows);
        const good = all.filter((one) => one.precision >= precision);
        const choice = chooseThreshold(targets, scores, { for: { precision } });
        if (good.length > 0) {
          const recall = highest(good.map((one) => one.recall));
          const expected = good.find((one) => one.recall === recall)!;
          expect(choice).toEqual({ threshold: expected.threshold, best: expected });
        } else {
          const most = highest(all.map((one) => one.precision));
          const expected = all.findLast((one) => one.precision === most)!;
          expect(choice).toEqual({ threshold: null, best: expected });
        }
      }),
    );
  });

  it('finds the highest precision at a recall, and of equal ones the one that finds more', () => {
    fc.assert(
      fc.property(withTarget, share, (rows, recall) => {
        const { targets, scores } = columnsOf(rows);
        const good = everyThreshold(rows).filter((one) => one.recall >= recall);
        const precision = highest(good.map((one) => one.precision));
        const expected = good.findLast((one) => one.precision === precision)!;
        const choice = chooseThreshold(targets, scores, { for: { recall } });
        expect(choice.best).toMatchObject({ precision: expected.precision, recall: expected.recall });
        expect(choice).toMatchObject({ threshold: expected.threshold });
      }),
    );
  });

  it('knows no threshold for a label that no row has, nor for no rows', () => {
    const none = { threshold: null, best: null };
    for (const demand of ['f1', { precision: 0.5 }, { recall: 0.5 }] as const) {
      expect(chooseThreshold([0, 0], [0.2, 0.8], { for: demand })).toEqual(none);
      expect(chooseThreshold([], [], { for: demand })).toEqual(none);
    }
  });

  it('takes the lowest score of a label that every row has', () => {
    const whole = { threshold: 0.2, precision: 1, recall: 1, f1: 1 };
    for (const demand of ['f1', { precision: 1 }, { recall: 0 }] as const) {
      expect(chooseThreshold([1, 1], [0.2, 0.8], { for: demand })).toEqual({ threshold: 0.2, best: whole });
    }
  });

  it('tells rows apart whose scores only float64 can', () => {
    const scores = Float64Array.of(0.5, 0.5 + Number.EPSILON);
    expect(chooseThreshold([0, 1], scores, { for: 'f1' }).threshold).toBe(scores[1]);
  });

  it('refuses demands that are no share, and scores that are no numbers', () => {
    expect(() => chooseThreshold([1], [0.5], { for: { precision: 1.1 } })).toThrow(
      'precision of at least 1.1',
    );
    expect(() => chooseThreshold([0], [0.5], { for: { recall: Number.NaN } })).toThrow(
      'recall of at least NaN',
    );
    expect(() => chooseThreshold([1], [Number.NaN], { for: 'f1' })).toThrow(
      'row 0: the score is not a number',
    );
    expect(() => chooseThreshold([1, 0], [0.5], { for: 'f1' })).toThrow('2 labels, but 1 scores');
  });
});
