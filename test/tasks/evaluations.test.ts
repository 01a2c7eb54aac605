import { describe, expect, it } from 'vitest';
import { predictedLabels } from '../../src/metrics/predicted-labels.js';
import { evaluateLabels } from '../../src/tasks/classification/evaluate-labels.js';
import { labelProbabilities } from '../../src/tasks/classification/label-columns.js';
import { evaluationRecord } from '../../src/tasks/figure.js';
import { evaluateSeveral } from '../../src/tasks/multi-label/evaluate-several.js';
import { classificationMetrics } from '../golden/read-classification-metrics.js';
import { expectClose } from '../metrics/expect-close.js';

const names = (count: number) => Array.from({ length: count }, (_, label) => `label ${label}`);

describe.each(classificationMetrics.oneOfMany.filter(({ labels }) => labels.length > 0))(
  'the evaluation of one label each, $name',
  (golden) => {
    const labelCount = Math.max(golden.columns, 2);
    const truth = Int32Array.from(golden.labels);
    const probabilities = labelProbabilities(golden.probabilities, { rows: truth.length, labelCount });
    const predicted = predictedLabels(probabilities, labelCount);
    const evaluation = evaluateLabels(truth, { probabilities, predicted }, names(labelCount));
    const record = evaluationRecord(evaluation);

    it("names scikit-learn's figures", () => {
      const { averages } = golden.scores;
      const isTwo = labelCount === 2;
      const place = golden.columns - 1;
      expectClose(record.f1, averages.macro.f1);
      expectClose(record.weightedF1, averages.weighted.f1);
      expectClose(record.microF1, averages.micro.f1);
      expectClose(record.accuracy, averages.micro.f1);
      expectClose(record.balancedAccuracy, golden.balancedAccuracy);
      expectClose(record.matthewsCorrelation, golden.matthewsCorrelation);
      expectClose(record.brierScore, golden.brierScore);
      expectClose(record.rocAuc, isTwo ? golden.rocAuc.labels[place] : golden.rocAuc.macro);
      expectClose(
        record.averagePrecision,
        isTwo ? golden.averagePrecision.labels[place] : golden.averagePrecision.macro,
      );
      expectClose(record.calibrationError, golden.reliability.equalWidth.error);
      expect(record.confusion).toEqual(golden.confusion);
      expect(evaluation.examples).toBe(truth.length);
    });

    it('has the top-k accuracies that leave a label out', () => {
      const fitting = [2, 3, 5].filter((k) => k < labelCount);
      const given = evaluation.figures.filter(({ name }) => name.startsWith('top')).map(({ name }) => name);
      expect(given).toEqual(fitting.map((k) => `top${k}Accuracy`));
      for (const k of fitting) expectClose(record[`top${k}Accuracy`], golden.topKAccuracy[k]);
    });

    it('has a row for each label in the table, and the same by name', () => {
      const [{ rows }] = evaluation.tables;
      expect(rows.map(({ name }) => name)).toEqual(names(labelCount));
      const perClass = record.perClass as Record<
        string,
        { support: number; f1: number; rocAuc: number | null }
      >;
      golden.scores.labels.forEach(({ support, f1 }, label) => {
        expect(rows[label].values.at(-1)).toBe(support);
        expect(perClass[`label ${label}`].support).toBe(support);
        expectClose(perClass[`label ${label}`].f1, f1);
      });
      if (golden.columns > 1) {
        golden.rocAuc.labels.forEach((area, label) => {
          expectClose(perClass[`label ${label}`].rocAuc, area);
        });
      }
    });
  },
);

describe.each(classificationMetrics.severalAtOnce.filter(({ targets }) => targets.length > 0))(
  'the evaluation of several labels at once, $name',
  (golden) => {
    const answers = {
      truth: Uint8Array.from(golden.targets),
      probabilities: Float64Array.from(golden.scores),
      predicted: Uint8Array.from(golden.predicted),
    };
    const evaluation = evaluateSeveral(answers, names(golden.labelCount));
    const record = evaluationRecord(evaluation);

    it("names scikit-learn's figures, and Keras' loss", () => {
      const { averages, labels } = golden.prf;
      expectClose(record.microF1, averages.micro.f1);
      expectClose(record.f1, averages.macro.f1);
      expectClose(record.weightedF1, averages.weighted.f1);
      expectClose(record.samplesF1, golden.samples.f1);
      expectClose(record.jaccard, golden.samples.jaccard);
      expectClose(record.subsetAccuracy, golden.subsetAccuracy);
      expectClose(record.hammingLoss, golden.hammingLoss);
      expectClose(record.coverageError, golden.coverageError);
      expectClose(record.labelRankingAveragePrecision, golden.labelRankingAveragePrecision);
      expectClose(record.rankingLoss, golden.labelRankingLoss);
      expectClose(record.rocAuc, golden.rocAuc.macro);
      expectClose(record.microRocAuc, golden.rocAuc.micro);
      expectClose(record.averagePrecision, golden.averagePrecision.macro);
      expectClose(record.microAveragePrecision, golden.averagePrecision.micro);
      expectClose(record.loss, golden.binaryCrossEntropy);
      const perClass = record.perClass as Record<string, object>;
      labels.forEach((scores, label) => {
        const { precision, recall, f1, support } = perClass[`label ${label}`] as typeof scores;
        expectClose({ precision, recall, f1, support }, scores);
      });
    });

    it('has the mean squared distance, and bins of all yes and no', () => {
      const { truth, probabilities } = answers;
      const distances = [...probabilities].map((probability, place) => (probability - truth[place]) ** 2);
      expectClose(record.brierScore, distances.reduce((sum, each) => sum + each) / truth.length);
      expect(record.calibrationError).toBeGreaterThanOrEqual(0);
      expect(record.calibrationError).toBeLessThanOrEqual(1);
    });
  },
);

describe('the confusions of many labels', () => {
  const truth = Int32Array.of(0, 0, 0, 1, 1, 2, 2, 2, 2);
  const predicted = Int32Array.of(1, 1, 0, 1, 2, 0, 0, 2, 0);
  const probabilities = new Float64Array(27).fill(1 / 3);

  it('are listed, the most frequent first', () => {
    const { tables } = evaluateLabels(truth, { probabilities, predicted }, ['a', 'b', 'c']);
    const list = tables.find(({ title }) => title === 'Most frequent confusions')!;
    expect(list.rows).toEqual([
      { name: 'c: a', values: [3 / 4, 3] },
      { name: 'a: b', values: [2 / 3, 2] },
      { name: 'b: c', values: [1 / 2, 1] },
    ]);
  });

  it('are not listed where there are two, or none', () => {
    const titles = (count: number, answers: Int32Array, truths: Int32Array) =>
      evaluateLabels(
        truths,
        { probabilities: new Float64Array(count * truths.length), predicted: answers },
        names(count),
      ).tables.map(({ title }) => title);
    const two = Int32Array.of(0, 1);
    expect(titles(2, two, Int32Array.of(1, 1))).toEqual(['Labels', 'Confusion matrix']);
    expect(titles(3, two, two)).toEqual(['Labels', 'Confusion matrix']);
  });
});
