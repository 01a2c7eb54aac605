import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EncodedSplit } from '../batches/encoded-split.js';
import { predictProbabilities } from '../model/predict-probabilities.js';
import type { Evaluation } from '../tasks/figure.js';
import type { Answers, Task } from '../tasks/task.js';

/** What a model said, and how long it took. */
export interface TimedAnswers extends Answers {
  /** For batching and computing; reading and encoding the examples is not in it. */
  readonly seconds: number;
}

/** How good a model is, and how fast. */
export interface TimedEvaluation extends Evaluation {
  readonly seconds: number;
  readonly examplesPerSecond: number;
}

export interface EvaluateOptions {
  /** Examples computed at once; changes the speed only. */
  readonly batchSize: number;
  /** Is told after each batch how many examples are done. */
  readonly onProgress?: (examplesDone: number) => void;
}

/**
 * Predicts every example and compares with its target.
 *
 * @param encoded examples with targets, at least one
 */
export async function evaluate(
  model: LayersModel,
  encoded: EncodedSplit,
  { task, ...options }: EvaluateOptions & { readonly task: Task },
): Promise<TimedEvaluation> {
  return measure(await answer(model, encoded, options), task);
}

/** Predicts every example, and takes the time. */
export async function answer(
  model: LayersModel,
  encoded: EncodedSplit,
  options: EvaluateOptions,
): Promise<TimedAnswers> {
  const start = performance.now();
  const outputs = await predictProbabilities(model, encoded, options);
  return { outputs, targets: encoded.targets, seconds: (performance.now() - start) / 1000 };
}

/** The task's figures of answers, with the time that they took. */
export function measure(answers: TimedAnswers, task: Task): TimedEvaluation {
  const evaluation = task.evaluate(answers);
  const { seconds } = answers;
  return { ...evaluation, seconds, examplesPerSecond: evaluation.examples / seconds };
}
