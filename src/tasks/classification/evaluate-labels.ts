import { countCorrect } from '../../metrics/accuracy.js';
import { confusionMatrix } from '../../metrics/confusion-matrix.js';
import { countsOfConfusion } from '../../metrics/label-counts.js';
import { logLoss } from '../../metrics/log-loss.js';
import { labelScores } from '../../metrics/precision-recall-f1.js';
import { predictedLabels } from '../../metrics/predicted-labels.js';
import { probabilitiesRocAuc } from '../../metrics/roc-auc.js';
import { wilsonInterval } from '../../metrics/wilson-interval.js';
import type { Evaluation, Figure, FigureTable } from '../figure.js';

/**
 * The figures of a classifier that gives each example one label.
 *
 * @param truth true label of each example, at least one
 * @param probabilities row-major `[examples, labels]`
 * @param labels their names, by index
 */
export function evaluateLabels(
  truth: Int32Array,
  probabilities: Float64Array,
  labels: readonly string[],
): Evaluation {
  const examples = truth.length;
  const predicted = predictedLabels(probabilities, labels.length);
  const correct = countCorrect(truth, predicted);
  const confusion = confusionMatrix(truth, predicted, { labelCount: labels.length });
  const scores = labelScores(countsOfConfusion(confusion));
  const figures: Figure[] = [
    {
      ...{ name: 'accuracy', title: 'accuracy', form: 'share', value: correct / examples },
      interval: wilsonInterval(correct, examples),
    },
    {
      ...{ name: 'f1', title: 'F1', form: 'share', note: 'plain mean over the labels' },
      value: scores.reduce((sum, { f1 }) => sum + f1, 0) / scores.length,
    },
    {
      ...{ name: 'rocAuc', title: 'ROC AUC', form: 'number' },
      value: probabilitiesRocAuc(truth, probabilities),
    },
    {
      ...{ name: 'loss', title: 'loss', form: 'number', value: logLoss(truth, probabilities) },
      note: 'cross-entropy, nats an example',
    },
  ];
  const perLabel: FigureTable = {
    ...{ kind: 'figures', title: 'Labels', corner: 'label' },
    columns: [
      { title: 'precision', form: 'share' },
      { title: 'recall', form: 'share' },
      { title: 'F1', form: 'share' },
      { title: 'examples', form: 'count' },
    ],
    rows: scores.map(({ precision, recall, f1, support }, label) => {
      return { name: labels[label], values: [precision, recall, f1, support] };
    }),
  };
  const confused: FigureTable = {
    ...{ kind: 'confusion', title: 'Confusion matrix', corner: 'truly' },
    columns: labels.map((label) => ({ title: `predicted ${label}`, form: 'count' })),
    rows: confusion.map((values, label) => ({ name: labels[label], values })),
  };
  const perClass = Object.fromEntries(labels.map((label, index) => [label, scores[index]]));
  return { figures, tables: [perLabel, confused], details: { perClass, labels, confusion }, examples };
}
