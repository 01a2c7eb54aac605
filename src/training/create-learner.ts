import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EncodedSplit } from '../batches/encoded-split.js';
import { type FeatureScaling, scaleFeatures } from '../batches/feature-scaling.js';
import type {
  BagOfWordsConfig,
  Config,
  ModelType,
  TrainedModelConfig,
  TrainingConfig,
} from '../config/schema.js';
import type { FeatureColumn } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import { buildModel } from '../model/build-model.js';
import { listFeatures } from '../model/check-features.js';
import { checkSize } from '../model/check-size.js';
import { refuseEnsemble } from '../model/refuse-ensemble.js';
import { makeOptimizer, scheduleOf } from '../optimizers/optimizer-table.js';
import type { RandomState } from '../random/random.js';
import type { ExampleLoss, Task } from '../tasks/task.js';
import type { IdRange } from '../text/run-ids.js';
import { AveragedEmbeddingLearner } from './averaged-embedding-learner.js';
import { BagOfWordsLearner } from './bag-of-words-learner.js';
import { chooseRuns } from './choose-runs.js';
import { gradientLearner } from './gradient-learner.js';
import type { Learner, StepPlace } from './learner.js';
import type { UpdateSettings } from './update-weights.js';
import { valueWideFeatures } from './value-wide-features.js';
import { type WeighedTraining, weighTraining } from './weigh-training.js';

export interface LearnerOptions {
  readonly config: Config;
  readonly task: Task;
  /** What is learnt from. */
  readonly training: EncodedSplit;
  /** What the numbers beside the texts are; default: numbers without names, where there are any. */
  readonly features?: readonly FeatureColumn[];
  /** Ids that the model knows: rows of an embedding. */
  readonly idCount: number;
  /** Which of them stand for runs of tokens; needed by a model with a wide part. */
  readonly runIds?: IdRange;
  /** The learning rate of each step of a training by gradients, instead of the config's. */
  readonly rate?: (place: StepPlace) => number;
  /** State of the random numbers that dropout draws, where a training is resumed. */
  readonly dropout?: RandomState;
  /** Gives the new model other weights to begin with; default: those that it was built with. */
  readonly initialize?: (model: LayersModel) => void;
}

type WeighedOptions = LearnerOptions & WeighedTraining & { readonly beside?: FeatureScaling };

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
} satisfies Record<TrainedModelConfig['type'], (options: WeighedOptions) => Learner | Promise<Learner>>;

/**
 * What learns a config's type of model, with a new model; `training.classWeights` are in it.
 *
 * @throws UserError when that cannot learn the task or from numbers beside the texts, when labels cannot be weighed, and for an
 * ensemble, which learns nothing
 */
export async function createLearner(options: LearnerOptions): Promise<Learner> {
  const { config, task, training } = options;
  const { model } = config;
  refuseEnsemble(model);
  const weighed = weighTraining(training, config.training, task);
  const beside = training.features && scaleFeatures(training.features, options.features);
  if (beside && model.type === 'bagOfWords') throw wordsOnly(beside);
  return learners[model.type]({ ...options, ...weighed, beside });
}

/**
 * Whether the last epoch of such a model is its best one, whatever a validation says, as its learner has it: examples that are
 * held out would only be missing.
 */
export function lastEpochIsBest(type: ModelType): boolean {
  return type === 'bagOfWords';
}

async function learnByGradients(options: WeighedOptions): Promise<Learner> {
  const { seed, training } = options.config;
  const optimizer = await makeOptimizer(training.optimizer);
  const schedule = training.schedule === 'auto' ? scheduleOf(training.optimizer) : training.schedule;
  const { batchSize, batchTokens, accumulate, average, adversarial, rDrop } = training;
  const { idCount, runIds, task } = options;
  checkSize(options.config.model, { idCount, runIds, task, trained: true });
  return gradientLearner(modelOf(options), {
    ...options,
    ...{ batchSize, batchTokens, accumulate, seed, optimizer, schedule, update: updateSettingsOf(training) },
    average: average === 'none' ? undefined : average,
    adversarial: adversarial === 'none' ? undefined : adversarial,
    rDrop: rDrop === 'none' ? undefined : rDrop,
  });
}

function updateSettingsOf({ l2, clip, maxNorm }: TrainingConfig): UpdateSettings {
  const penalty = typeof l2 === 'number' ? { factor: l2, weights: 'kernels' as const } : l2;
  return {
    ...(penalty.factor > 0 && { l2: penalty }),
    ...(clip !== 'none' && { clip }),
    ...(maxNorm !== 'none' && { maxNorm }),
  };
}

function modelOf(options: WeighedOptions): LayersModel {
  const model = buildModel(options.config.model, { ...options, seed: options.config.seed });
  try {
    valueWideFeatures(model, options.training, options.task);
    chooseRuns(model, options.training);
    options.initialize?.(model);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

function withExampleLoss(task: Task): Task & { readonly exampleLoss: ExampleLoss } {
  const { exampleLoss } = task;
  if (exampleLoss) return { ...task, exampleLoss };
  throw new UserError(
    `task ${task.name} cannot be learnt by this model: it gives each example one answer`,
    'Set model.type to recurrent.',
  );
}

function wordsOnly({ columns }: FeatureScaling): UserError {
  return new UserError(
    `A bagOfWords model reads words only, but the data set has ${listFeatures(columns)} beside each text.`,
    'Leave the features out of dataset, or set model.type to averagedEmbedding, conv1d or recurrent.',
  );
}
