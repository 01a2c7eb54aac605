import type { EncodedSplit } from '../batches/encoded-split.js';
import { holdOutValidation } from '../batches/hold-out-validation.js';
import type { Config } from '../config/schema.js';
import { predictProbabilities } from '../model/predict-probabilities.js';
import type { Task } from '../tasks/task.js';
import type { IdRange } from '../text/run-ids.js';
import { createLearner, lastEpochIsBest } from '../training/create-learner.js';
import { type TrainProgress, trainToBest } from '../training/train-to-best.js';

export interface PredictFoldOptions {
  readonly config: Config;
  readonly task: Task;
  /** Ids that the model knows. */
  readonly idCount: number;
  /** Which of them stand for runs of tokens. */
  readonly runIds: IdRange;
  readonly signal?: AbortSignal;
}

/**
 * What a model says of examples after it was trained on others by a config, as a run of that config would be trained: with
 * the config's seed, a share held out to choose the best epoch, and that epoch's weights. Where there is no epoch to choose,
 * none is held out: what is judged here are the examples, not the model. Nothing is written.
 *
 * @returns row-major `[held out, columns]`; undefined when it was stopped
 */
export async function* predictFold(
  { rest, heldOut }: { rest: EncodedSplit; heldOut: EncodedSplit },
  { config, task, idCount, runIds, signal }: PredictFoldOptions,
): AsyncGenerator<TrainProgress, Float32Array | undefined> {
  const { training, validation } = lastEpochIsBest(config.model.type)
    ? { training: rest, validation: undefined }
    : holdOutValidation(rest, config);
  const learner = await createLearner({ config, task, training, idCount, runIds });
  try {
    const best = yield* trainToBest(learner, { config, task, training, validation, signal });
    if (signal?.aborted || !best) return undefined;
    const { batchSize } = config.training;
    return await predictProbabilities(learner.model, heldOut, { batchSize });
  } finally {
    learner.dispose();
  }
}
