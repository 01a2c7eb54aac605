import { countCorrect } from '../../metrics/accuracy.js';
import { averageScores } from '../../metrics/average-scores.js';
import { balancedAccuracy } from '../../metrics/balanced-accuracy.js';
import { brierScore } from '../../metrics/brier-score.js';
import { confusionMatrix } from '../../metrics/confusion-matrix.js';
import { expectedCalibrationError } from '../../metrics/expected-calibration-error.js';
import { countsOfConfusion } from '../../metrics/label-counts.js';
import { logLoss } from '../../metrics/log-loss.js';
import { matthewsCorrelation } from '../../metrics/matthews-correlation.js';
import { oneHot } from '../../metrics/one-hot.js';
import { predictedLabels } from '../../metrics/predicted-labels.js';
import { reliabilityTable } from '../../metrics/reliability-table.js';
import { meanAreas } from '../../metrics/threshold-areas.js';
import { topKAccuracy } from '../../metrics/top-k-accuracy.js';
import { wilsonInterval } from '../../metrics/wilson-interval.js';
import { type Evaluation, type Figure, lossForm } from '../figure.js';
import { labelRecord, labelTable, scoresOfLabels } from '../label-scores.js';
import { confusionTables } from './confusion-tables.js';

/** How many labels the top-k accuracy may look at. */
const topLabels = [2, 3, 5];

/**
 * The figures of a classifier that gives each example one label.
 *
 * @param truth true label of each example, at least one
 * @param answers `probabilities`: row-major `[examples, labels]`; `predicted`: the label that is answered, `[examples]`
 * @param labels their names, by index
 */
export function evaluateLabels(
  truth: Int32Array,
  answers: { probabilities: Float64Array; predicted: Int32Array },
  labels: readonly string[],
): Evaluation {
  const { probabilities, predicted } = answers;
  const examples = truth.length;
  const labelCount = labels.length;
  const correct = countCorrect(truth, predicted);
  const confusion = confusionMatrix(truth, predicted, { labelCount });
  const counts = countsOfConfusion(confusion);
  const scores = scoresOfLabels(oneHot(truth, { labelCount }), probabilities, counts);
  const { macro, micro, weighted } = averageScores(counts);
  const areas = labelCount === 2 ? scores[1] : meanAreas(scores);
  const against = labelCount === 2 ? `of ${labels[1]}` : 'plain mean over the labels, each against the rest';
  const figures: Figure[] = [
    {
      ...{ name: 'accuracy', title: 'accuracy', form: 'share', value: correct / examples, main: true },
      interval: wilsonInterval(correct, examples),
    },
    {
      ...{ name: 'f1', title: 'F1', form: 'share', value: macro.f1, main: true },
      note: 'plain mean over the labels',
    },
    { name: 'rocAuc', title: 'ROC AUC', form: 'number', value: areas.rocAuc, main: true, note: against },
    {
      ...{ ...lossForm, value: logLoss(truth, probabilities) },
      note: 'cross-entropy, nats an example',
    },
    {
      ...{ name: 'balancedAccuracy', title: 'balanced accuracy', form: 'share' },
      ...{ value: balancedAccuracy(confusion), note: 'mean recall of the labels' },
    },
    {
      ...{ name: 'weightedF1', title: 'weighted F1', form: 'share', value: weighted.f1 },
      note: 'each label by its examples',
    },
    {
      ...{ name: 'microF1', title: 'micro F1', form: 'share', value: micro.f1 },
      note: 'of all labels together: the accuracy',
    },
    {
      ...{ name: 'matthewsCorrelation', title: 'Matthews correlation', form: 'number' },
      ...{ value: matthewsCorrelation(confusion), note: '-1 to 1, 0: no better than chance' },
    },
    {
      ...{ name: 'averagePrecision', title: 'average precision', form: 'number' },
      ...{ value: areas.averagePrecision, note: against },
    },
    ...topLabels
      .filter((k) => k < labelCount)
      .map((k): Figure => {
        const value = topKAccuracy(truth, probabilities, { k });
        const note = `the true label is among the ${k} most probable`;
        return { name: `top${k}Accuracy`, title: `top-${k} accuracy`, form: 'share', value, note };
      }),
    {
      ...{ name: 'brierScore', title: 'Brier score', form: 'number', lessIsBetter: true },
      ...{
        value: brierScore(truth, probabilities),
        note: 'squared distance of the probabilities; 0 is best',
      },
    },
    {
      ...{ name: 'calibrationError', title: 'calibration error', form: 'share', lessIsBetter: true },
      ...{ value: calibrationError(truth, probabilities), note: 'confidence against accuracy, in 15 bins' },
    },
  ];
  const tables = [labelTable(scores, labels), ...confusionTables(confusion, labels)];
  const details = { perClass: labelRecord(scores, labels), labels, confusion };
  return { figures, tables, details, examples };
}

/** Of the most probable label, whatever the threshold: it is the probabilities that are measured. */
function calibrationError(truth: Int32Array, probabilities: Float64Array): number {
  const labelCount = probabilities.length / truth.length;
  const best = predictedLabels(probabilities, labelCount);
  const confidences = Float64Array.from(best, (label, row) => probabilities[row * labelCount + label]);
  const right = Uint8Array.from(best, (label, row) => Number(label === truth[row]));
  return expectedCalibrationError(reliabilityTable(confidences, right));
}
