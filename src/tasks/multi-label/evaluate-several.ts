import { averageScores } from '../../metrics/average-scores.js';
import { expectedCalibrationError } from '../../metrics/expected-calibration-error.js';
import { hammingLoss } from '../../metrics/hamming-loss.js';
import { countsOfTargets } from '../../metrics/label-counts.js';
import {
  coverageError,
  labelRankingAveragePrecision,
  labelRankingLoss,
} from '../../metrics/label-ranking.js';
import { binaryLogLoss } from '../../metrics/log-loss.js';
import { reliabilityTable } from '../../metrics/reliability-table.js';
import { sampleScores } from '../../metrics/sample-scores.js';
import { subsetAccuracy } from '../../metrics/subset-accuracy.js';
import { meanAreas, thresholdAreas } from '../../metrics/threshold-areas.js';
import { wilsonInterval } from '../../metrics/wilson-interval.js';
import { type Evaluation, type Figure, lossForm } from '../figure.js';
import { labelRecord, labelTable, scoresOfLabels } from '../label-scores.js';

/** Examples of several labels, row-major `[examples, labels]` each. */
export interface SeveralAnswers {
  /** 1 where the example has the label, else 0. */
  readonly truth: Uint8Array;
  readonly probabilities: Float64Array;
  /** 1 where the label is answered, else 0. */
  readonly predicted: Uint8Array;
}

/** The figures of a classifier that gives each example none, one or several labels. */
export function evaluateSeveral(answers: SeveralAnswers, labels: readonly string[]): Evaluation {
  const { truth, probabilities, predicted } = answers;
  const shape = { labelCount: labels.length };
  const examples = truth.length / labels.length;
  const counts = countsOfTargets(truth, predicted, shape);
  const scores = scoresOfLabels(truth, probabilities, counts);
  const { macro, micro, weighted } = averageScores(counts);
  const samples = sampleScores(truth, predicted, shape);
  const exact = subsetAccuracy(truth, predicted, shape);
  const areas = { macro: meanAreas(scores), micro: thresholdAreas(truth, probabilities) };
  const share = (name: string, title: string, value: number | null, note: string): Figure => {
    return { name, title, form: 'share', value, note };
  };
  const number = (name: string, title: string, value: number | null, note: string): Figure => {
    return { name, title, form: 'number', value, note };
  };
  const lessIsBetter = (figure: Figure): Figure => ({ ...figure, lessIsBetter: true });
  const figures: Figure[] = [
    { ...share('microF1', 'micro F1', micro.f1, 'of all labels together'), main: true },
    { ...share('f1', 'F1', macro.f1, 'plain mean over the labels'), main: true },
    {
      ...share('subsetAccuracy', 'subset accuracy', exact, 'all labels of the example, and no other'),
      ...{ interval: wilsonInterval(Math.round(exact * examples), examples), main: true },
    },
    {
      ...number(
        'averagePrecision',
        'average precision',
        areas.macro.averagePrecision,
        'plain mean over the labels',
      ),
      main: true,
    },
    { ...lossForm, value: binaryLogLoss(truth, probabilities), note: 'cross-entropy, nats a label' },
    share('weightedF1', 'weighted F1', weighted.f1, 'each label by its examples'),
    share('samplesF1', 'samples F1', samples.f1, "mean of the examples' F1"),
    share('jaccard', 'Jaccard index', samples.jaccard, 'labels true and answered, of those that are either'),
    lessIsBetter(
      share('hammingLoss', 'Hamming loss', hammingLoss(truth, predicted), 'share of wrong yes and no'),
    ),
    number('rocAuc', 'ROC AUC', areas.macro.rocAuc, 'plain mean over the labels'),
    number('microRocAuc', 'micro ROC AUC', areas.micro.rocAuc, 'of all labels together'),
    number(
      'microAveragePrecision',
      'micro avg. precision',
      areas.micro.averagePrecision,
      'of all labels together',
    ),
    number(
      ...(['labelRankingAveragePrecision', 'label ranking precision'] as const),
      ...([
        labelRankingAveragePrecision(truth, probabilities, shape),
        'average precision within an example',
      ] as const),
    ),
    lessIsBetter(
      number(
        ...(['rankingLoss', 'ranking loss', labelRankingLoss(truth, probabilities, shape)] as const),
        'share of pairs of a true and a false label in the wrong order',
      ),
    ),
    lessIsBetter(
      number(
        ...(['coverageError', 'coverage error', coverageError(truth, probabilities, shape)] as const),
        'labels down to the last true one',
      ),
    ),
    lessIsBetter(
      number(
        'brierScore',
        'Brier score',
        brier(truth, probabilities),
        'squared distance of the probabilities; 0 is best',
      ),
    ),
    lessIsBetter(
      share(
        ...(['calibrationError', 'calibration error'] as const),
        ...([calibrationError(answers), 'probability against frequency, in 15 bins'] as const),
      ),
    ),
  ];
  const details = { perClass: labelRecord(scores, labels), labels };
  return { figures, tables: [labelTable(scores, labels)], details, examples };
}

/** Mean of the labels' Brier scores, which is the mean over all examples and labels. */
function brier(truth: Uint8Array, probabilities: Float64Array): number {
  const sum = probabilities.reduce(
    (total, probability, place) => total + (probability - truth[place]) ** 2,
    0,
  );
  return sum / truth.length;
}

function calibrationError({ truth, probabilities }: SeveralAnswers): number {
  return expectedCalibrationError(reliabilityTable(probabilities, truth));
}
