import { countCorrect } from '../metrics/accuracy.js';
import { type ClassScores, classScores } from '../metrics/class-scores.js';
import { confusionMatrix } from '../metrics/confusion-matrix.js';
import { logLoss } from '../metrics/log-loss.js';
import { predictedLabels } from '../metrics/predicted-labels.js';
import { probabilitiesRocAuc } from '../metrics/roc-auc.js';
import { wilsonInterval } from '../metrics/wilson-interval.js';

/** How good a model is on labelled examples. */
export interface Evaluation {
  readonly accuracy: number;
  /** Wilson's 95 % interval of the accuracy. */
  readonly accuracyInterval: readonly [lower: number, upper: number];
  /** Mean cross-entropy in nats, as Keras reports it. */
  readonly loss: number;
  /** `null` when a label has no example. */
  readonly rocAuc: number | null;
  /** Precision, recall, F1 and number of examples of each label, by its name. */
  readonly perClass: Readonly<Record<string, ClassScores>>;
  /** Names of the rows and columns of `confusion`. */
  readonly labels: readonly string[];
  /** Counts `[labels, labels]`: the row is the true label, the column the predicted one. */
  readonly confusion: readonly (readonly number[])[];
  readonly examples: number;
  /** Time for batching and computing; reading and encoding the examples is not in it. */
  readonly seconds: number;
  readonly examplesPerSecond: number;
}

/** What a model said, and what is true. */
export interface Answers {
  /** Row-major `[examples, columns]`; one column holds the probability of label 1. */
  readonly probabilities: Float32Array;
  /** True label of each example, `[examples]`, at least one. */
  readonly labels: Int32Array;
  /** Time that the model took for all of them. */
  readonly seconds: number;
}

/** Compares every answer with its label. `labelNames` by index. */
export function measure(
  { probabilities, labels, seconds }: Answers,
  labelNames: readonly string[],
): Evaluation {
  const examples = labels.length;
  const predicted = answeredLabels({ probabilities, labels });
  const correct = countCorrect(labels, predicted);
  const confusion = confusionMatrix(labels, predicted, { labelCount: labelNames.length });
  const scores = classScores(confusion);
  return {
    accuracy: correct / examples,
    accuracyInterval: wilsonInterval(correct, examples),
    loss: logLoss(labels, probabilities),
    rocAuc: probabilitiesRocAuc(labels, probabilities),
    perClass: Object.fromEntries(labelNames.map((label, index) => [label, scores[index]])),
    labels: labelNames,
    confusion,
    examples,
    seconds,
    examplesPerSecond: examples / seconds,
  };
}

/** The label that the model gives each example, `[examples]`. */
export function answeredLabels({ probabilities, labels }: Omit<Answers, 'seconds'>): Int32Array {
  return predictedLabels(probabilities, probabilities.length / labels.length);
}
