import type { EncodedSplit } from '../batches/encoded-split.js';
import type { BagOfWordsConfig, Config, ModelType } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { buildModel } from '../model/build-model.js';
import { makeOptimizer, scheduleOf } from '../optimizers/optimizer-table.js';
import type { RandomState } from '../random/random.js';
import type { ExampleLoss, Task } from '../tasks/task.js';
import { AveragedEmbeddingLearner } from './averaged-embedding-learner.js';
import { BagOfWordsLearner } from './bag-of-words-learner.js';
import { gradientLearner } from './gradient-learner.js';
import type { Learner } from './learner.js';
import { type WeighedTraining, weighTraining } from './weigh-training.js';

export interface LearnerOptions {
  readonly config: Config;
  readonly task: Task;
  /** What is learnt from. */
  readonly training: EncodedSplit;
  /** Ids that the model knows: rows of an embedding. */
  readonly idCount: number;
  /** State of the random numbers that dropout draws, where a training is resumed. */
  readonly dropout?: RandomState;
}

type WeighedOptions = LearnerOptions & WeighedTraining;

const learners = {
  recurrent: learnByGradients,
  conv1d: learnByGradients,
  averagedEmbedding: (options) =>
    new AveragedEmbeddingLearner(modelOf(options), {
      ...options,
      task: withExampleLoss(options.task),
      epochs: options.config.training.epochs,
      learningRate: options.config.training.optimizer!.learningRate,
    }),
  bagOfWords: (options) =>
    new BagOfWordsLearner(modelOf(options), {
      ...options,
      task: withExampleLoss(options.task),
      config: options.config.model as BagOfWordsConfig,
    }),
} satisfies Record<ModelType, (options: WeighedOptions) => Learner | Promise<Learner>>;

/**
 * What learns a config's type of model, with a new model; `training.classWeights` are in it.
 *
 * @throws UserError when that cannot learn the task, or its labels cannot be weighed
 */
export async function createLearner(options: LearnerOptions): Promise<Learner> {
  const { config, task } = options;
  const weighed = weighTraining(options.training, config.training, task);
  return learners[config.model.type]({ ...options, ...weighed });
}

async function learnByGradients(options: WeighedOptions): Promise<Learner> {
  const { seed, training } = options.config;
  const optimizer = await makeOptimizer(training.optimizer);
  const schedule = scheduleOf(training.optimizer);
  const { batchSize } = training;
  return gradientLearner(modelOf(options), { ...options, batchSize, seed, optimizer, schedule });
}

function modelOf(options: LearnerOptions) {
  return buildModel(options.config.model, { ...options, seed: options.config.seed });
}

function withExampleLoss(task: Task): Task & { readonly exampleLoss: ExampleLoss } {
  const { exampleLoss } = task;
  if (exampleLoss) return { ...task, exampleLoss };
  throw new UserError(
    `task ${task.name} cannot be learnt by this model: it gives each example one answer`,
    'Set model.type to recurrent.',
  );
}
