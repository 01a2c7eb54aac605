import { describe, expect, it } from 'vitest';
import { averagePrecisions } from '../../src/metrics/average-precision.js';
import { averageScores } from '../../src/metrics/average-scores.js';
import { balancedAccuracy } from '../../src/metrics/balanced-accuracy.js';
import { brierScore } from '../../src/metrics/brier-score.js';
import { cohensKappa } from '../../src/metrics/cohens-kappa.js';
import { confusionMatrix } from '../../src/metrics/confusion-matrix.js';
import { countsOfConfusion } from '../../src/metrics/label-counts.js';
import { logLoss } from '../../src/metrics/log-loss.js';
import { matthewsCorrelation } from '../../src/metrics/matthews-correlation.js';
import { oneHot } from '../../src/metrics/one-hot.js';
import { labelScores } from '../../src/metrics/precision-recall-f1.js';
import { predictedLabels } from '../../src/metrics/predicted-labels.js';
import { rocAucs } from '../../src/metrics/roc-auc.js';
import { topKAccuracy } from '../../src/metrics/top-k-accuracy.js';
import { labelProbabilities } from '../../src/tasks/classification/label-columns.js';
import { classificationMetrics } from '../golden/read-classification-metrics.js';
import { expectClose } from './expect-close.js';

describe.each(classificationMetrics.oneOfMany)('one label a row, $name: as scikit-learn has', (golden) => {
  const { columns, labels } = golden;
  const labelCount = Math.max(columns, 2);
  const rows = labels.length;
  const probabilities = labelProbabilities(golden.probabilities, { rows, labelCount });
  const predicted = predictedLabels(probabilities, labelCount);
  const confusion = confusionMatrix(labels, predicted, { labelCount });
  // Scikit-learn's binary figures are those of label 1 alone.
  const scores = columns === 1 ? golden.probabilities : probabilities;
  const targets = columns === 1 ? Uint8Array.from(labels) : oneHot(labels, { labelCount });

  it('precision, recall and F1 of each label and averaged', () => {
    expect(confusion).toEqual(golden.confusion);
    const counts = countsOfConfusion(confusion);
    expectClose(labelScores(counts), golden.scores.labels);
    expectClose(averageScores(counts), golden.scores.averages);
  });

  it('balanced accuracy, Matthews correlation and kappa', () => {
    expectClose(balancedAccuracy(confusion), golden.balancedAccuracy);
    expectClose(matthewsCorrelation(confusion), golden.matthewsCorrelation);
    expectClose(cohensKappa(confusion), golden.cohensKappa);
  });

  it('log loss, clipped alike, and Brier score', () => {
    expectClose(logLoss(labels, probabilities, { clip: Number.EPSILON }), golden.logLoss);
    expectClose(brierScore(labels, probabilities), golden.brierScore);
  });

  it('ROC AUC and average precision of each label and averaged', () => {
    expectClose(rocAucs(targets, scores, { labelCount: columns }), golden.rocAuc);
    expectClose(averagePrecisions(targets, scores, { labelCount: columns }), golden.averagePrecision);
  });

  it('top-k accuracy for every k', () => {
    expect(Object.keys(golden.topKAccuracy)).toHaveLength(labelCount);
    for (const [k, expected] of Object.entries(golden.topKAccuracy)) {
      expectClose(topKAccuracy(labels, probabilities, { k: Number(k) }), expected);
    }
  });
});

describe('one label a row', () => {
  it('measures no rows as NaN, as the accuracy does, as 0 where a quotient is 0, and as null where undefined', () => {
    const nothing = confusionMatrix([], [], { labelCount: 3 });
    expect(balancedAccuracy(nothing)).toBeNaN();
    expect(matthewsCorrelation(nothing)).toBe(0);
    expect(cohensKappa(nothing)).toBeNull();
    expect(brierScore([], [])).toBeNaN();
    expect(topKAccuracy([], [], { k: 1 })).toBeNaN();
    expect(topKAccuracy([], [], { k: 2 })).toBeNaN();
    const zeros = { precision: 0, recall: 0, f1: 0 };
    expect(averageScores(countsOfConfusion(nothing))).toEqual({
      micro: zeros,
      macro: zeros,
      weighted: zeros,
    });
    expect(rocAucs([], [], { labelCount: 2 })).toEqual({
      labels: [null, null],
      macro: null,
      weighted: null,
      micro: null,
    });
    expect(averagePrecisions([], [], { labelCount: 2 }).macro).toBe(0);
  });

  it('takes the label of the higher number first where probabilities are equal, in top-k alone', () => {
    const tied = Float32Array.of(0.4, 0.4, 0.2);
    expect(topKAccuracy([1], tied, { k: 1 })).toBe(1);
    expect(topKAccuracy([0], tied, { k: 1 })).toBe(0);
    expect(topKAccuracy([0], tied, { k: 2 })).toBe(1);
  });

  it('refuses labels, shapes and k that cannot be', () => {
    expect(() => brierScore([2], [0.5, 0.5])).toThrow('row 0: label 2, expected 0 to 1');
    expect(() => brierScore([0, 1], [0.5, 0.1, 0.2])).toThrow('3 probabilities do not make 2 rows');
    expect(() => topKAccuracy([0], [0.5], { k: 0 })).toThrow('k is 0, expected 1 or more');
    expect(() => topKAccuracy([3], [0.5, 0.2, 0.3], { k: 1 })).toThrow('row 0: label 3, expected 0 to 2');
    expect(() => oneHot([0, -1], { labelCount: 2 })).toThrow('row 1: label -1, expected 0 to 1');
    expect(() => rocAucs([0, 1], [0.5], { labelCount: 1 })).toThrow('2 targets, but 1 predictions');
    expect(() => rocAucs([0, 1, 1], [0.5, 0.1, 0.2], { labelCount: 2 })).toThrow(
      '3 targets do not make rows of 2 labels',
    );
  });
});
