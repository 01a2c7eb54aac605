import { countAndEncode } from '../batches/count-and-encode.js';
import type { Config } from '../config/schema.js';
import type { Example } from '../datasets/split.js';
import { openTask } from '../tasks/open-task.js';
import { runIdsOf } from '../text/run-ids.js';
import { createLearner } from '../training/create-learner.js';
import { train } from '../training/train.js';

/** How fast a config learns on the current backend. */
export interface MeasuredRate {
  /** Examples that are read and counted in a second. */
  readonly countedPerSecond: number;
  /** Examples that are learnt from in a second. */
  readonly learntPerSecond: number;
  /** How long the learning was measured. */
  readonly seconds: number;
}

/**
 * Trains by a config on some examples for a moment, and forgets what was learnt.
 *
 * @param options.forSeconds how long to train at most; default 1.5
 * @throws UserError where the model cannot learn the task
 */
export async function measureRate(
  config: Config,
  examples: readonly Example[],
  { labels, forSeconds = 1.5 }: { readonly labels: readonly string[]; readonly forSeconds?: number },
): Promise<MeasuredRate> {
  const start = performance.now();
  const { vocabulary, encoded: training } = await countAndEncode([examples], config.text);
  const countedSeconds = (performance.now() - start) / 1000;
  const task = openTask(config.task, labels);
  const learner = await createLearner({
    ...{ config, task, training, idCount: vocabulary.idCount, runIds: runIdsOf(vocabulary) },
  });
  try {
    const { batchSize, epochs } = config.training;
    const began = performance.now();
    // The first step loads and compiles; it counts only where there is no other.
    let first: { readonly learnt: number; readonly seconds: number } | undefined;
    let [learnt, seconds, before] = [0, 0, { epoch: 0, examples: 0 }];
    for await (const event of train(learner, { task, epochs, batchSize, seed: config.seed })) {
      if (event.type !== 'step') continue;
      learnt += event.examples - (event.epoch === before.epoch ? before.examples : 0);
      before = event;
      seconds = (performance.now() - began) / 1000;
      first ??= { learnt, seconds };
      if (seconds - first.seconds >= forSeconds) break;
    }
    const measured =
      first && learnt > first.learnt
        ? { learnt: learnt - first.learnt, seconds: seconds - first.seconds }
        : { learnt, seconds };
    return {
      countedPerSecond: examples.length / countedSeconds,
      learntPerSecond: measured.learnt / measured.seconds,
      seconds: measured.seconds,
    };
  } finally {
    learner.dispose();
  }
}
