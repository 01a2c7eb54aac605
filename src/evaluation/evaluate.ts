import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EncodedSplit } from '../batches/encoded-split.js';
import { countCorrect } from '../metrics/accuracy.js';
import { type ClassScores, classScores } from '../metrics/class-scores.js';
import { confusionMatrix } from '../metrics/confusion-matrix.js';
import { logLoss } from '../metrics/log-loss.js';
import { predictedLabels } from '../metrics/predicted-labels.js';
import { probabilitiesRocAuc } from '../metrics/roc-auc.js';
import { wilsonInterval } from '../metrics/wilson-interval.js';
import { outputColumns, predictProbabilities } from '../model/predict-probabilities.js';

/** How good a model is on labelled reviews. */
export interface Evaluation {
  readonly accuracy: number;
  /** Wilson's 95 % interval of the accuracy. */
  readonly accuracyInterval: readonly [lower: number, upper: number];
  /** Mean cross-entropy in nats, as Keras reports it. */
  readonly loss: number;
  /** `null` when a label has no review. */
  readonly rocAuc: number | null;
  /** Precision, recall, F1 and number of reviews of each label, by its name. */
  readonly perClass: Readonly<Record<string, ClassScores>>;
  /** Names of the rows and columns of `confusion`. */
  readonly labels: readonly string[];
  /** Counts `[labels, labels]`: the row is the true label, the column the predicted one. */
  readonly confusion: readonly (readonly number[])[];
  readonly reviews: number;
  /** Time for batching and computing; reading and encoding the reviews is not in it. */
  readonly seconds: number;
  readonly reviewsPerSecond: number;
}

/**
 * Predicts every review and compares with its label.
 *
 * @param encoded labelled reviews, at least one
 * @param options.labels names of the labels, by index
 * @param options.batchSize reviews computed at once; changes the speed only
 * @param options.onProgress is told after each batch how many reviews are done
 */
export async function evaluate(
  model: LayersModel,
  encoded: EncodedSplit,
  options: { labels: readonly string[]; batchSize: number; onProgress?: (reviewsDone: number) => void },
): Promise<Evaluation> {
  const { labels } = options;
  const start = performance.now();
  const probabilities = await predictProbabilities(model, encoded, options);
  const seconds = (performance.now() - start) / 1000;
  const reviews = encoded.labels.length;
  const predicted = predictedLabels(probabilities, outputColumns(model));
  const correct = countCorrect(encoded.labels, predicted);
  const confusion = confusionMatrix(encoded.labels, predicted, { labelCount: labels.length });
  const scores = classScores(confusion);
  return {
    accuracy: correct / reviews,
    accuracyInterval: wilsonInterval(correct, reviews),
    loss: logLoss(encoded.labels, probabilities),
    rocAuc: probabilitiesRocAuc(encoded.labels, probabilities),
    perClass: Object.fromEntries(labels.map((label, index) => [label, scores[index]])),
    labels,
    confusion,
    reviews,
    seconds,
    reviewsPerSecond: reviews / seconds,
  };
}
