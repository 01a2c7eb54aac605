import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import { holdOutValidation } from '../batches/hold-out-validation.js';
import type { Config } from '../config/schema.js';
import { predictProbabilities } from '../model/predict-probabilities.js';
import type { Task } from '../tasks/task.js';
import type { IdRange } from '../text/run-ids.js';
import { disposeSnapshot } from '../training/checkpoint.js';
import { createLearner, lastEpochIsBest } from '../training/create-learner.js';
import type { Learner, Snapshot } from '../training/learner.js';
import { train } from '../training/train.js';

export interface PredictFoldOptions {
  readonly config: Config;
  readonly task: Task;
  /** Ids that the model knows. */
  readonly idCount: number;
  /** Which of them stand for runs of tokens. */
  readonly runIds: IdRange;
  readonly signal?: AbortSignal;
}

/** How far a fold is. */
export interface FoldProgress {
  readonly epoch: number;
  /** Examples learnt from so far, over all epochs. */
  readonly done: number;
  /** Examples that will be learnt from, unless the training ends sooner. */
  readonly total: number;
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
): AsyncGenerator<FoldProgress, Float32Array | undefined> {
  const { seed } = config;
  const { epochs, batchSize } = config.training;
  const { training, validation } = lastEpochIsBest(config.model.type)
    ? { training: rest, validation: undefined }
    : holdOutValidation(rest, config);
  const perEpoch = exampleCount(training);
  const learner = await createLearner({ config, task, training, idCount, runIds });
  const best = keepBest(learner);
  try {
    for await (const event of train(learner, { task, validation, epochs, batchSize, seed, signal })) {
      if (event.type === 'epoch') best.note(event.best);
      if (event.type !== 'step') continue;
      const done = (event.epoch - 1) * perEpoch + event.examples;
      yield { epoch: event.epoch, done, total: epochs * perEpoch };
    }
    if (signal?.aborted) return undefined;
    await best.restore();
    return await predictProbabilities(learner.model, heldOut, { batchSize });
  } finally {
    best.dispose();
    learner.dispose();
  }
}

/** Holds the numbers of the best epoch while later ones are learnt, for learners whose last epoch need not be the best. */
function keepBest(learner: Learner) {
  let kept: Snapshot | undefined;
  let isLast = true;
  const dispose = () => {
    if (kept) disposeSnapshot(kept);
    kept = undefined;
  };
  return {
    note(best: boolean) {
      isLast = best;
      if (!best || learner.lastIsBest) return;
      dispose();
      kept = learner.snapshot();
    },
    async restore() {
      if (isLast || !kept) return;
      await learner.restore(kept);
      learner.fillModel();
    },
    dispose,
  };
}
