import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecision } from '../../src/metrics/average-precision.js';
import { rocAuc } from '../../src/metrics/roc-auc.js';
import { labelAreas, meanAreas, thresholdAreas } from '../../src/metrics/threshold-areas.js';

/** Scores of which many are equal. */
const rows = fc.array(
  fc.record({ target: fc.integer({ min: 0, max: 1 }), score: fc.integer({ min: -3, max: 3 }) }),
  { maxLength: 40 },
);

describe('both areas at once', () => {
  it('are to the last bit what each is alone', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const targets = given.map(({ target }) => target);
        const scores = given.map(({ score }) => score / 7);
        expect(thresholdAreas(targets, scores)).toEqual({
          rocAuc: rocAuc(targets, scores),
          averagePrecision: averagePrecision(targets, scores),
        });
      }),
    );
  });

  it('are those of each label, and their means', () => {
    const targets = [1, 0, 0, 1, 1, 1];
    const scores = [0.9, 0.1, 0.3, 0.2, 0.4, 0.15];
    const areas = labelAreas(targets, scores, { labelCount: 2 });
    expect(areas).toEqual([
      { rocAuc: 1, averagePrecision: 1 },
      { rocAuc: 1, averagePrecision: 1 },
    ]);
    expect(meanAreas([...areas, { rocAuc: null, averagePrecision: 0 }])).toEqual({
      rocAuc: null,
      averagePrecision: 2 / 3,
    });
  });

  it('refuse arrays of two lengths, and scores that are no numbers', () => {
    expect(() => thresholdAreas([1, 0], [0.5])).toThrow('2 labels, but 1 scores');
    expect(() => thresholdAreas([1, 0], [0.5, Number.NaN])).toThrow('row 1: the score is not a number');
  });
});
