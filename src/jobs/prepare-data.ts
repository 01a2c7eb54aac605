import { join } from 'node:path';
import { encodeSplit } from '../batches/encode-split.js';
import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import { holdOutValidation } from '../batches/hold-out-validation.js';
import { prepareTraining } from '../batches/prepare-training.js';
import type { Config } from '../config/schema.js';
import { openSplit } from '../datasets/open-split.js';
import { resolveDataset, splitsOfDataset } from '../datasets/resolve-dataset.js';
import type { Split } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import type { CacheOptions } from '../files/bounded-cache.js';
import { resolveTask } from '../tasks/open-task.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { classWeightsOf } from '../training/class-weights.js';

/** All that a training reads. */
export interface PreparedData {
  /** With all filled in that the data tells: columns, task. */
  readonly config: Config;
  readonly split: Split;
  readonly vocabulary: Vocabulary;
  readonly training: EncodedSplit;
  /** The data set's own validation examples, else those that are held out. */
  readonly validation: EncodedSplit;
  /** SHA-256 (hex) of the data set's own validation examples, where it has such. */
  readonly validationHash?: string;
  /** Whether the texts were counted before. */
  readonly fromCache: boolean;
}

/**
 * Opens, counts and encodes what a config is trained on.
 *
 * @param options.vocabulary reads the texts by this one instead of their own
 * @throws UserError when the data is not there, is damaged, does not fit the config, or leaves nothing to train on
 */
export async function prepareData(
  given: Config,
  options: { dataDir: string; cacheSize?: number; vocabulary?: Vocabulary },
): Promise<PreparedData> {
  const { dataDir, cacheSize } = options;
  const dataset = await resolveDataset(given.dataset, { dataDir });
  const split = await openSplit('train', { dataset, dataDir });
  const config = { ...given, dataset, task: resolveTask(given.task, split), seeds: 1 };
  const { classWeights, validationSplit } = config.training;
  // A name that is no label is better told before the texts are read.
  if (classWeights !== 'none') classWeightsOf(classWeights, split.labels);
  const cache = { cacheDir: join(dataDir, 'cache'), cacheSize };
  const { vocabulary, encoded, fromCache } = options.vocabulary
    ? await encodeBy(options.vocabulary, split, cache)
    : await prepareTraining(split, config.text, cache);
  const parts = await (async () => {
    const splits = await splitsOfDataset({ dataset, dataDir });
    if (!splits.includes('validation')) return holdOutValidation(encoded, config);
    const own = await openSplit('validation', { dataset, dataDir });
    const validation = await encodeSplit(own, { vocabulary, ...cache });
    return { training: encoded, validation, validationHash: own.contentHash };
  })();
  if (exampleCount(parts.training) === 0) {
    throw new UserError(
      `No examples are left to train on with training.validationSplit ${validationSplit}`,
      'Give more data, or a smaller training.validationSplit.',
    );
  }
  return { config, split, vocabulary, ...parts, fromCache };
}

async function encodeBy(vocabulary: Vocabulary, split: Split, cache: CacheOptions) {
  return { vocabulary, encoded: await encodeSplit(split, { vocabulary, ...cache }), fromCache: false };
}
