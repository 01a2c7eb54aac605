import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectedCalibrationError } from '../../src/metrics/expected-calibration-error.js';
import { predictedConfidences } from '../../src/metrics/predicted-confidences.js';
import { predictedLabels } from '../../src/metrics/predicted-labels.js';
import { reliabilityTable } from '../../src/metrics/reliability-table.js';
import { labelProbabilities } from '../../src/tasks/classification/label-columns.js';
import { classificationMetrics } from '../golden/read-classification-metrics.js';
import { expectClose } from './expect-close.js';

describe.each(classificationMetrics.oneOfMany)("the reliability table is NumPy's for $name", (golden) => {
  const { columns, labels } = golden;
  const labelCount = Math.max(columns, 2);
  const probabilities = labelProbabilities(golden.probabilities, { rows: labels.length, labelCount });
  const predicted = predictedLabels(probabilities, labelCount);
  const confidences = predictedConfidences(probabilities, labelCount);
  const correct = Uint8Array.from(labels, (label, row) => (label === predicted[row] ? 1 : 0));

  it('in bins of equal width', () => {
    const table = reliabilityTable(confidences, correct);
    expectClose(table, golden.reliability.equalWidth.table);
    expectClose(expectedCalibrationError(table), golden.reliability.equalWidth.error);
  });

  it('in bins of equal mass', () => {
    const table = reliabilityTable(confidences, correct, { binning: 'equalMass' });
    expectClose(table, golden.reliability.equalMass.table);
    expectClose(expectedCalibrationError(table), golden.reliability.equalMass.error);
  });
});

describe('the reliability table', () => {
  it('has a confidence at the end of a bin in that bin, and 0 in the first', () => {
    const table = reliabilityTable([0, 0.25, 0.26, 0.5, 1], [0, 1, 1, 0, 1], { bins: 4 });
    expect(table.map((bin) => bin.rows)).toEqual([2, 2, 0, 1]);
    expect(table[0]).toEqual({ from: 0, to: 0.25, rows: 2, meanConfidence: 0.125, accuracy: 0.5 });
    expect(table[2]).toEqual({ from: 0.5, to: 0.75, rows: 0, meanConfidence: null, accuracy: null });
  });

  it('puts the ends of every number of bins where they are written', () => {
    for (let bins = 1; bins <= 60; bins += 1) {
      const ends = Array.from({ length: bins }, (_, bin) => (bin + 1) / bins);
      const table = reliabilityTable(ends, ends, { bins });
      expect(table.map((bin) => bin.rows)).toEqual(ends.map(() => 1));
    }
  });

  it('shares rows without ties out evenly in bins of equal mass', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 50 }),
        fc.integer({ min: 1, max: 20 }),
        (confidences, bins) => {
          const sizes = reliabilityTable(confidences, confidences, { bins, binning: 'equalMass' }).map(
            (bin) => bin.rows,
          );
          expect(sizes.reduce((total, rows) => total + rows)).toBe(confidences.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('finds no error where as many rows are right as the confidence says', () => {
    expect(expectedCalibrationError(reliabilityTable([0.75, 0.75, 0.75, 0.75], [1, 1, 1, 0]))).toBe(0);
    expect(expectedCalibrationError(reliabilityTable([1, 1, 1, 1], [1, 1, 1, 0]))).toBe(0.25);
  });

  it('has an error of NaN for no rows', () => {
    expect(expectedCalibrationError(reliabilityTable([], []))).toBeNaN();
    expect(expectedCalibrationError(reliabilityTable([], [], { binning: 'equalMass' }))).toBeNaN();
  });

  it('refuses confidences and bins that cannot be', () => {
    expect(() => reliabilityTable([1.5], [1])).toThrow('row 0: confidence 1.5, expected 0 to 1');
    expect(() => reliabilityTable([Number.NaN], [1])).toThrow('row 0: confidence NaN');
    expect(() => reliabilityTable([0.5], [])).toThrow('1 confidences, but 0 rows');
    expect(() => reliabilityTable([0.5], [1], { bins: 0 })).toThrow('0 bins, expected 1 or more');
  });
});
