import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecisions } from '../../src/metrics/average-precision.js';
import { averageScores } from '../../src/metrics/average-scores.js';
import { hammingLoss } from '../../src/metrics/hamming-loss.js';
import { countsOfTargets } from '../../src/metrics/label-counts.js';
import {
  coverageError,
  labelRankingAveragePrecision,
  labelRankingLoss,
} from '../../src/metrics/label-ranking.js';
import { binaryLogLoss } from '../../src/metrics/log-loss.js';
import { labelScores } from '../../src/metrics/precision-recall-f1.js';
import { rocAucs } from '../../src/metrics/roc-auc.js';
import { sampleScores } from '../../src/metrics/sample-scores.js';
import { subsetAccuracy } from '../../src/metrics/subset-accuracy.js';
import { classificationMetrics } from '../golden/read-classification-metrics.js';
import { expectClose } from './expect-close.js';

describe.each(classificationMetrics.severalAtOnce)(
  'several labels at once, $name: as scikit-learn has',
  (golden) => {
    const { labelCount } = golden;
    const targets = Uint8Array.from(golden.targets);
    const predicted = Uint8Array.from(golden.predicted);
    const scores = Float64Array.from(golden.scores);

    it('subset accuracy and Hamming loss', () => {
      expectClose(subsetAccuracy(targets, predicted, { labelCount }), golden.subsetAccuracy);
      expectClose(hammingLoss(targets, predicted), golden.hammingLoss);
    });

    it('precision, recall and F1 of each label, averaged over labels and over rows, and Jaccard', () => {
      const counts = countsOfTargets(targets, predicted, { labelCount });
      expectClose(labelScores(counts), golden.prf.labels);
      expectClose(averageScores(counts), golden.prf.averages);
      expectClose(sampleScores(targets, predicted, { labelCount }), golden.samples);
    });

    it('coverage error, label ranking average precision and label ranking loss', () => {
      expectClose(coverageError(targets, scores, { labelCount }), golden.coverageError);
      expectClose(
        labelRankingAveragePrecision(targets, scores, { labelCount }),
        golden.labelRankingAveragePrecision,
      );
      expectClose(labelRankingLoss(targets, scores, { labelCount }), golden.labelRankingLoss);
    });

    it('ROC AUC and average precision of each label and averaged', () => {
      const areas = rocAucs(targets, scores, { labelCount });
      const { weighted, ...others } = golden.rocAuc;
      expectClose(areas, others);
      // Scikit-learn says 0 where no label has a row, although every label's area is undefined.
      expectClose(areas.weighted, targets.includes(1) ? weighted : null);
      expectClose(averagePrecisions(targets, scores, { labelCount }), golden.averagePrecision);
    });

    it("log loss as Keras' binary cross-entropy, from the flat targets", () => {
      expectClose(binaryLogLoss(targets, scores), golden.binaryCrossEntropy);
    });
  },
);

describe('several labels at once', () => {
  it('measures no rows as NaN', () => {
    const options = { labelCount: 3 };
    expect(subsetAccuracy([], [], options)).toBeNaN();
    expect(hammingLoss([], [])).toBeNaN();
    expect(sampleScores([], [], options).f1).toBeNaN();
    expect(coverageError([], [], options)).toBeNaN();
    expect(labelRankingAveragePrecision([], [], options)).toBeNaN();
    expect(labelRankingLoss([], [], options)).toBeNaN();
  });

  it('refuses shapes that cannot be, and scores that are no numbers', () => {
    expect(() => subsetAccuracy([0, 1, 1], [0, 1, 1], { labelCount: 2 })).toThrow(
      '3 targets do not make rows of 2 labels',
    );
    expect(() => countsOfTargets([0, 1], [0], { labelCount: 1 })).toThrow('2 targets, but 1 predictions');
    expect(() => labelRankingLoss([0, 1], [0.5, Number.NaN], { labelCount: 2 })).toThrow('not a number');
  });

  it('counts one label a row as the accuracy does: subset accuracy, micro F1 and samples F1 are equal', () => {
    const rows = fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(rows, (pairs) => {
        const indicate = (label: number) => [0, 1, 2].map((other) => (other === label ? 1 : 0));
        const targets = pairs.flatMap(([label]) => indicate(label));
        const predicted = pairs.flatMap(([, guess]) => indicate(guess));
        const accuracy = pairs.filter(([label, guess]) => label === guess).length / pairs.length;
        const options = { labelCount: 3 };
        expect(subsetAccuracy(targets, predicted, options)).toBe(accuracy);
        expect(averageScores(countsOfTargets(targets, predicted, options)).micro.f1).toBe(accuracy);
        expect(sampleScores(targets, predicted, options).f1).toBe(accuracy);
        expect(hammingLoss(targets, predicted)).toBeCloseTo((2 / 3) * (1 - accuracy), 12);
      }),
    );
  });
});
