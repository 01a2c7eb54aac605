import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accuracy, countCorrect } from '../../src/metrics/accuracy.js';
import { confusionMatrix } from '../../src/metrics/confusion-matrix.js';
import { countsOfConfusion } from '../../src/metrics/label-counts.js';
import { logLoss } from '../../src/metrics/log-loss.js';
import { labelScores } from '../../src/metrics/precision-recall-f1.js';
import { predictedLabels } from '../../src/metrics/predicted-labels.js';
import { probabilitiesRocAuc } from '../../src/metrics/roc-auc.js';
import { wilsonInterval } from '../../src/metrics/wilson-interval.js';
import { labelProbabilities } from '../../src/tasks/classification/label-columns.js';

interface Case {
  name: string;
  labels: number[];
  columns: number;
  probabilities: number[];
  predicted: number[];
  accuracy: number;
  interval: [number, number];
  confusion: number[][];
  precision: number[];
  recall: number[];
  f1: number[];
  support: number[];
  loss: number;
  rocAuc: number;
}

/** Made by scripts/golden/metrics.py. */
const golden = JSON.parse(
  readFileSync(new URL('../golden/metrics/metrics.json', import.meta.url), 'utf8'),
) as { cases: Case[]; wilson: { successes: number; trials: number; interval: [number, number] }[] };

/** All arithmetic is 64-bit on both sides; only the order of sums may differ. */
const digits = 12;

describe.each(golden.cases)('metrics of "$name" equal scikit-learn\'s', (golden) => {
  const labelCount = golden.confusion.length;
  const probabilities = labelProbabilities(Float32Array.from(golden.probabilities), {
    rows: golden.labels.length,
    labelCount,
  });
  const predicted = predictedLabels(probabilities, labelCount);

  it('predicted labels and accuracy', () => {
    expect([...predicted]).toEqual(golden.predicted);
    expect(accuracy(golden.labels, predicted)).toBeCloseTo(golden.accuracy, digits);
  });

  it('95 % interval of the accuracy', () => {
    const [lower, upper] = wilsonInterval(countCorrect(golden.labels, predicted), golden.labels.length);
    expect(lower).toBeCloseTo(golden.interval[0], digits);
    expect(upper).toBeCloseTo(golden.interval[1], digits);
  });

  it('confusion matrix, precision, recall and F1', () => {
    const confusion = confusionMatrix(golden.labels, predicted, { labelCount });
    expect(confusion).toEqual(golden.confusion);
    const scores = labelScores(countsOfConfusion(confusion));
    expect(scores.map((score) => score.support)).toEqual(golden.support);
    for (const [label, score] of scores.entries()) {
      expect(score.precision).toBeCloseTo(golden.precision[label], digits);
      expect(score.recall).toBeCloseTo(golden.recall[label], digits);
      expect(score.f1).toBeCloseTo(golden.f1[label], digits);
    }
  });

  it('log loss', () => {
    expect(logLoss(golden.labels, probabilities)).toBeCloseTo(golden.loss, digits);
  });

  it('ROC AUC', () => {
    expect(probabilitiesRocAuc(golden.labels, probabilities)).toBeCloseTo(golden.rocAuc, digits);
  });
});

describe('wilsonInterval', () => {
  it.each(golden.wilson)("equals SciPy's for $successes of $trials", ({ successes, trials, interval }) => {
    const [lower, upper] = wilsonInterval(successes, trials);
    expect(lower).toBeCloseTo(interval[0], digits);
    expect(upper).toBeCloseTo(interval[1], digits);
  });

  it('refuses counts that cannot be', () => {
    expect(() => wilsonInterval(0, 0)).toThrow('0 successes of 0 trials');
    expect(() => wilsonInterval(3, 2)).toThrow('3 successes of 2 trials');
  });
});
