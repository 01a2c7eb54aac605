import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import type { Config } from '../config/schema.js';
import type { Task } from '../tasks/task.js';
import { disposeSnapshot } from './checkpoint.js';
import type { Learner, Snapshot } from './learner.js';
import { loopOptions } from './loop-options.js';
import { train } from './train.js';
import type { BestEpoch } from './training-state.js';

export interface TrainToBestOptions {
  readonly config: Config;
  readonly task: Task;
  /** What the learner learns from. */
  readonly training: EncodedSplit;
  /** Held-out examples that choose the weights that are kept; without them the last ones are the best. */
  readonly validation?: EncodedSplit;
  readonly signal?: AbortSignal;
}

/** How far a training is. */
export interface TrainProgress {
  readonly epoch: number;
  /** Examples learnt from so far, over all epochs. */
  readonly done: number;
  /** Examples that will be learnt from, unless the training ends sooner. */
  readonly total: number;
}

/**
 * Trains as a run of the config would be trained, with all its limits, and leaves in the learner's model the weights that such
 * a run would keep. Nothing is written: the best weights wait in memory.
 *
 * @returns the moment whose weights the model has; undefined when the training was stopped
 * @throws UserError when the loss is not a number any more
 */
export async function* trainToBest(
  learner: Learner,
  { config, task, training, validation, signal }: TrainToBestOptions,
): AsyncGenerator<TrainProgress, BestEpoch | undefined> {
  const { epochs } = config.training;
  const perEpoch = exampleCount(training);
  const kept = keepBest(learner);
  let best: BestEpoch | undefined;
  try {
    for await (const event of train(learner, { ...loopOptions(config), task, validation, signal })) {
      if (event.type === 'epoch' || event.type === 'validated') {
        kept.note(event.best);
        best = event.state.best;
      }
      if (event.type !== 'step') continue;
      const done = (event.epoch - 1) * perEpoch + event.examples;
      yield { epoch: event.epoch, done, total: epochs * perEpoch };
    }
    if (signal?.aborted) return undefined;
    await kept.restore();
    return best;
  } finally {
    kept.dispose();
  }
}

/** Holds the numbers of the best moment while more is learnt, for learners whose last epoch need not be the best. */
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
