import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracy, countCorrect } from '../../src/metrics/accuracy.js';
import { confusionMatrix } from '../../src/metrics/confusion-matrix.js';
import { countsOfConfusion } from '../../src/metrics/label-counts.js';
import { logLoss } from '../../src/metrics/log-loss.js';
import { labelScores } from '../../src/metrics/precision-recall-f1.js';
import { predictedLabels } from '../../src/metrics/predicted-labels.js';
import { probabilitiesRocAuc, rocAuc } from '../../src/metrics/roc-auc.js';
import { wilsonInterval } from '../../src/metrics/wilson-interval.js';
import { labelProbabilities } from '../../src/tasks/classification/label-columns.js';

/** Rows of (label, score); scores from a coarse grid, so that ties are common. */
const scoredRows = fc.array(
  fc.record({ label: fc.constantFrom(0, 1), score: fc.integer({ min: 0, max: 8 }).map((n) => n / 8) }),
  { minLength: 1, maxLength: 60 },
);
const columnsOf = (rows: readonly { label: number; score: number }[]) => ({
  labels: rows.map((row) => row.label),
  scores: Float32Array.from(rows, (row) => row.score),
});

describe('rocAuc', () => {
  it('is the share of (positive, negative) pairs in the right order, a tie counting half', () => {
    fc.assert(
      fc.property(scoredRows, (rows) => {
        const { labels, scores } = columnsOf(rows);
        let [pairs, won] = [0, 0];
        for (const positive of rows.filter((row) => row.label === 1)) {
          for (const negative of rows.filter((row) => row.label === 0)) {
            pairs += 1;
            if (positive.score > negative.score) won += 1;
            if (positive.score === negative.score) won += 0.5;
          }
        }
        expect(rocAuc(labels, scores)).toBe(pairs === 0 ? null : won / pairs);
      }),
    );
  });

  it('does not depend on the order of the rows, and turns around with the scores', () => {
    fc.assert(
      fc.property(scoredRows, (rows) => {
        const { labels, scores } = columnsOf(rows);
        const area = rocAuc(labels, scores);
        const reversed = columnsOf(rows.toReversed());
        expect(rocAuc(reversed.labels, reversed.scores)).toBe(area);
        const opposite = rocAuc(
          labels,
          scores.map((score) => 1 - score),
        );
        if (area !== null) expect(opposite).toBeCloseTo(1 - area, 12);
      }),
    );
  });

  it('refuses a score that is not a number', () => {
    expect(() => rocAuc([0, 1], [0.5, Number.NaN])).toThrow('row 1: the score is not a number');
  });

  it('is undefined, so null, when a label has no row', () => {
    expect(probabilitiesRocAuc([1, 1], [0.8, 0.2, 0.7, 0.3])).toBeNull();
    expect(probabilitiesRocAuc([], new Float32Array())).toBeNull();
    expect(probabilitiesRocAuc([0, 1], Float32Array.of(0.5, 0.3, 0.2, 0.1, 0.8, 0.1))).toBeNull();
  });
});

describe('confusionMatrix', () => {
  const labelled = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 80 });

  it('adds up to the rows, and its diagonal to the right ones', () => {
    fc.assert(
      fc.property(labelled, (rows) => {
        const labels = rows.map(([label]) => label);
        const predicted = rows.map(([, guess]) => guess);
        const confusion = confusionMatrix(labels, predicted, { labelCount: 4 });
        const diagonal = confusion.reduce((total, row, label) => total + row[label], 0);
        expect(confusion.flat().reduce((total, count) => total + count)).toBe(rows.length);
        expect(diagonal).toBe(countCorrect(labels, predicted));
        expect(diagonal / rows.length).toBe(accuracy(labels, predicted));
      }),
    );
  });

  it('gives scores between 0 and 1, F1 between precision and recall', () => {
    fc.assert(
      fc.property(labelled, (rows) => {
        const confusion = confusionMatrix(
          rows.map(([label]) => label),
          rows.map(([, guess]) => guess),
          { labelCount: 4 },
        );
        const scores = labelScores(countsOfConfusion(confusion));
        for (const { precision, recall, f1 } of scores) {
          expect(f1).toBeGreaterThanOrEqual(Math.min(precision, recall) - 1e-12);
          expect(f1).toBeLessThanOrEqual(Math.max(precision, recall) + 1e-12);
          expect(Math.max(precision, recall)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('refuses a label that is out of range, such as the -1 of an unlabelled example', () => {
    expect(() => confusionMatrix([-1], [0], { labelCount: 2 })).toThrow('row 0: label -1');
    expect(() => confusionMatrix([0, 1], [0], { labelCount: 2 })).toThrow('2 labels, but 1 predictions');
  });
});

describe('logLoss', () => {
  it('clips as Keras does: a certain mistake costs -log(1e-7), not infinity', () => {
    expect(logLoss([0], [0, 1])).toBeCloseTo(16.11809565095832, 12);
    expect(logLoss([1], [0, 1])).toBeCloseTo(1e-7, 12);
  });

  it('is the same for a sigmoid as for the two columns it stands for', () => {
    const sigmoid = fc.array(fc.tuple(fc.nat(1), fc.nat(16)), { minLength: 1 });
    fc.assert(
      fc.property(sigmoid, (rows) => {
        const labels = rows.map(([label]) => label);
        const one = Float32Array.from(rows, ([, sixteenths]) => sixteenths / 16);
        const two = Float32Array.from([...one].flatMap((probability) => [1 - probability, probability]));
        const expanded = labelProbabilities(one, { rows: rows.length, labelCount: 2 });
        expect(logLoss(labels, two)).toBe(logLoss(labels, expanded));
      }),
    );
  });

  it('refuses labels and shapes that cannot be', () => {
    expect(() => logLoss([2], [0.5, 0.5])).toThrow('row 0: label 2, expected 0 to 1');
    expect(() => logLoss([0, 1], Float32Array.of(0.5))).toThrow('1 probabilities do not make 2 rows');
  });
});

describe('predictedLabels', () => {
  it('takes label 1 only above one half, and the first of equal columns', () => {
    const positive = labelProbabilities([0.49, 0.5, 0.51], { rows: 3, labelCount: 2 });
    expect([...predictedLabels(positive, 2)]).toEqual([0, 0, 1]);
    expect([...predictedLabels(Float32Array.of(0.4, 0.4, 0.2, 0.2, 0.4, 0.4), 3)]).toEqual([0, 1]);
  });
});

describe('wilsonInterval', () => {
  it('holds the share itself and stays within 0 to 1', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (trials, share) => {
          const successes = Math.round(share * trials);
          const [lower, upper] = wilsonInterval(successes, trials);
          expect(lower).toBeGreaterThanOrEqual(0);
          expect(upper).toBeLessThanOrEqual(1);
          expect(lower).toBeLessThanOrEqual(successes / trials);
          expect(upper).toBeGreaterThanOrEqual(successes / trials);
        },
      ),
    );
  });
});
