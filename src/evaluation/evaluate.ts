import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EncodedSplit } from '../batches/encoded-split.js';
import { predictProbabilities } from '../model/predict-probabilities.js';
import { type Answers, type Evaluation, measure } from './measure.js';

export type { Evaluation } from './measure.js';

/**
 * Predicts every example and compares with its label.
 *
 * @param encoded labelled examples, at least one
 * @param options.labels names of the labels, by index
 * @param options.batchSize examples computed at once; changes the speed only
 * @param options.onProgress is told after each batch how many examples are done
 */
export async function evaluate(
  model: LayersModel,
  encoded: EncodedSplit,
  options: { labels: readonly string[]; batchSize: number; onProgress?: (examplesDone: number) => void },
): Promise<Evaluation> {
  return measure(await answer(model, encoded, options), options.labels);
}

/** Predicts every example, and takes the time. Options as for {@link evaluate}. */
export async function answer(
  model: LayersModel,
  encoded: EncodedSplit,
  options: { batchSize: number; onProgress?: (examplesDone: number) => void },
): Promise<Answers> {
  const start = performance.now();
  const probabilities = await predictProbabilities(model, encoded, options);
  return { probabilities, labels: encoded.targets.values, seconds: (performance.now() - start) / 1000 };
}
