import { encodeSplit } from '../batches/encode-split.js';
import { exampleCount } from '../batches/encoded-split.js';
import { holdOutValidation } from '../batches/hold-out-validation.js';
import { prepareTraining } from '../batches/prepare-training.js';
import type { Config } from '../config/schema.js';
import type { Split } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import type { CacheOptions } from '../files/bounded-cache.js';
import { predictProbabilities } from '../model/predict-probabilities.js';
import { decide } from '../tasks/decide.js';
import type { Decision } from '../tasks/decision.js';
import type { Evaluation } from '../tasks/figure.js';
import { openTask } from '../tasks/open-task.js';
import type { Task } from '../tasks/task.js';
import { runIdsOf } from '../text/run-ids.js';
import { createLearner } from '../training/create-learner.js';
import { type TrainProgress, trainToBest } from '../training/train-to-best.js';
import type { BestEpoch } from '../training/training-state.js';
import { checkValidation } from './check-validation.js';

export interface MeasureFoldOptions {
  /** With all filled in that the data tells. */
  readonly config: Config;
  readonly task: Task;
  /** From 1. */
  readonly fold: number;
  readonly cache: CacheOptions;
  readonly signal?: AbortSignal;
}

/** What came of a fold. */
export interface FoldResult {
  /** From 1. */
  readonly fold: number;
  readonly trainingExamples: number;
  readonly validationExamples: number;
  /** Distinct known tokens of its vocabulary, `<pad>` included. */
  readonly knownTokens: number;
  /** The moment whose weights were measured. */
  readonly best: BestEpoch;
  /** Temperatures and thresholds that were chosen, where the config asks for some. */
  readonly decision?: Decision;
  /** On the examples of the fold. */
  readonly evaluation: Evaluation;
  /** Of all of that. */
  readonly seconds: number;
}

/**
 * Trains by a config without the examples of a fold, and measures the model on them.
 *
 * @param parts `rest`: what is learnt from; `heldOut`: the fold; `validationSplit`: what chooses the epoch; default: a share of
 *   the rest
 * @returns undefined when it was stopped
 * @throws UserError when the rest cannot be learnt from
 */
export async function* measureFold(
  { rest, heldOut, validationSplit }: { rest: Split; heldOut: Split; validationSplit?: Split },
  { config, task, fold, cache, signal }: MeasureFoldOptions,
): AsyncGenerator<TrainProgress, FoldResult | undefined> {
  const started = performance.now();
  const { vocabulary, encoded } = await prepareTraining(rest, config.text, cache);
  const { training, validation } = validationSplit
    ? { training: encoded, validation: await encodeSplit(validationSplit, { vocabulary, ...cache }) }
    : holdOutValidation(encoded, config);
  if (exampleCount(training) === 0) throw nothingLeft(fold, config);
  checkValidation(config.training, { examples: exampleCount(validation) });
  const { idCount, knownSize: knownTokens } = vocabulary;
  const learner = await createLearner({
    ...{ config, task, training, features: rest.features, idCount },
    runIds: runIdsOf(vocabulary),
  });
  try {
    const best = yield* trainToBest(learner, { config, task, training, validation, signal });
    if (!best) return undefined;
    const { batchSize, threshold, calibrate, monitor } = config.training;
    const answersOn = async (examples: typeof validation) => ({
      outputs: await predictProbabilities(learner.model, examples, { batchSize }),
      targets: examples.targets,
    });
    const isDecided = threshold !== 'none' || calibrate;
    const decision = isDecided
      ? decide(task, await answersOn(validation), { threshold, calibrate })
      : undefined;
    const decided = openTask(config.task, task.labels, { monitor, decision });
    const evaluation = decided.evaluate(
      await answersOn(await encodeSplit(heldOut, { vocabulary, ...cache })),
    );
    return {
      ...{ fold, trainingExamples: exampleCount(training), validationExamples: exampleCount(validation) },
      ...{ knownTokens, best, ...(decision && { decision }), evaluation },
      seconds: (performance.now() - started) / 1_000,
    };
  } finally {
    learner.dispose();
  }
}

function nothingLeft(fold: number, { training }: Config): UserError {
  return new UserError(
    `No examples are left to train on without fold ${fold}, with training.validationSplit ${training.validationSplit}`,
    'Give more data, fewer folds, or a smaller training.validationSplit.',
  );
}
