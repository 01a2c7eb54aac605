import { join } from 'node:path';
import { encodeSplit } from '../batches/encode-split.js';
import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import { excerptsOfSplit } from '../batches/excerpts-of-split.js';
import { holdOutValidation } from '../batches/hold-out-validation.js';
import { joinExamples } from '../batches/join-examples.js';
import { prepareTraining } from '../batches/prepare-training.js';
import type { Config } from '../config/schema.js';
import { joinSplits } from '../datasets/join-splits.js';
import { openSplit } from '../datasets/open-split.js';
import { resolveDataset, splitsOfDataset } from '../datasets/resolve-dataset.js';
import type { Split, TextSplit } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import type { CacheOptions } from '../files/bounded-cache.js';
import { resolveTask } from '../tasks/open-task.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { classWeightsOf } from '../training/class-weights.js';
import { drawReplay, type Replay, replaySplit, type TrainingParts } from './replay.js';
import { type TaughtSplitOptions, taughtSplit } from './taught-split.js';

/** All that a training reads. */
export interface PreparedData extends TrainingParts {
  /** With all filled in that the data tells: columns, task. */
  readonly config: Config;
  readonly split: Split;
  readonly vocabulary: Vocabulary;
  readonly training: EncodedSplit;
  /** The data set's own validation examples, else those that are held out. */
  readonly validation: EncodedSplit;
  /** SHA-256 (hex) of the data set's own validation examples, where it has such. */
  readonly validationHash?: string;
  /** Of both, those that were learnt before. */
  readonly replayedExamples: number;
  /** Whether the texts were counted before. */
  readonly fromCache: boolean;
}

export interface PrepareOptions
  extends Pick<TaughtSplitOptions, 'dataDir' | 'modelsDir' | 'cacheSize' | 'backend' | 'onNote'> {
  /** Reads the texts by this one instead of their own. */
  readonly vocabulary?: Vocabulary;
  /** Examples that are learnt beside those of the config, with its labels; they need a vocabulary. */
  readonly replayed?: readonly Replay[];
}

/**
 * Opens, counts and encodes what a config is trained on.
 *
 * @throws UserError when the data is not there, is damaged, does not fit the config, or leaves nothing to train on
 */
export async function prepareData(given: Config, options: PrepareOptions): Promise<PreparedData> {
  const { dataDir, cacheSize, replayed = [] } = options;
  const dataset = await resolveDataset(given.dataset, { dataDir });
  const split = await openSplit('train', { dataset, dataDir });
  const config = { ...given, dataset, task: resolveTask(given.task, split), seeds: 1 };
  const { classWeights, validationSplit } = config.training;
  // A name that is no label is better told before the texts are read.
  if (classWeights !== 'none') classWeightsOf(classWeights, split.labels);
  const cache = { cacheDir: join(dataDir, 'cache'), cacheSize };
  const taught = await taughtSplit(config, { ...options, ...cache, labels: split.labels });
  const { vocabulary, encoded, fromCache } = await read();
  const own = await (async () => {
    const splits = await splitsOfDataset({ dataset, dataDir });
    if (!splits.includes('validation')) return holdOutValidation(encoded, config);
    const heldOut = await openSplit('validation', { dataset, dataDir });
    const validation = await encodeSplit(heldOut, { vocabulary, ...cache });
    return { training: encoded, validation, validationHash: heldOut.contentHash };
  })();
  const others: Beside[] = [];
  for (const each of replayed) {
    others.push(await drawReplay(each, { vocabulary, cache }));
  }
  if (taught) others.push({ training: (await encodeBy(vocabulary, taught, cache)).encoded });
  const parts = others.length === 0 ? own : { ...own, ...joined(own, others) };
  if (exampleCount(parts.training) === 0) {
    throw new UserError(
      `No examples are left to train on with training.validationSplit ${validationSplit}`,
      'Give more data, or a smaller training.validationSplit.',
    );
  }
  const further = [...replayed.map(replaySplit), ...(taught ? [taught] : [])];
  const whole = further.length === 0 ? split : joinSplits(split as TextSplit, ...further);
  const replayedExamples = others.reduce((sum, { training, validation }) => {
    return validation ? sum + exampleCount(training) + exampleCount(validation) : sum;
  }, 0);
  return { config, split: whole, vocabulary, ...parts, replayedExamples, fromCache };

  /** A vocabulary of its own is counted on all texts that are learnt, and those with labels are encoded for themselves. */
  async function read() {
    if (options.vocabulary) return encodeBy(options.vocabulary, split, cache);
    const counted = taught ? joinSplits(split as TextSplit, taught) : split;
    const made = await prepareTraining(counted, config.text, cache);
    return taught ? encodeBy(made.vocabulary, split, cache) : made;
  }
}

/** Examples that are learnt beside those of the data set's own training split. */
type Beside = Pick<TrainingParts, 'training'> & Partial<TrainingParts>;

function joined(own: TrainingParts, others: readonly Beside[]): TrainingParts {
  const validations = others.flatMap(({ validation }) => (validation ? [validation] : []));
  return {
    training: joinExamples([own.training, ...others.map(({ training }) => training)]),
    validation: validations.length > 0 ? joinExamples([own.validation, ...validations]) : own.validation,
  };
}

async function encodeBy(vocabulary: Vocabulary, split: Split, cache: CacheOptions) {
  const excerpts = excerptsOfSplit(split, vocabulary.text);
  return { vocabulary, encoded: await encodeSplit(excerpts, { vocabulary, ...cache }), fromCache: false };
}
