import { z } from 'zod';
import { constantRate, type LearningRateSchedule } from './learning-rate.js';
import type { Optimizer } from './optimizer.js';

// The config's schema is made of this table: a module of TensorFlow.js may be imported by `make` alone, else checking a
// config would load it.

const rate = z.number().positive();
const decay = z.number().min(0).lt(1);
const epsilon = z.number().positive().default(1e-7).describe('Added to what gradients are divided by.');
const momentum = decay
  .default(0)
  .describe('Share of the last step that the next one goes on with; 0 for none.');
/** Keys of those that go by means of gradients and of their squares. */
const moments = {
  learningRate: rate.default(0.001),
  beta1: decay.default(0.9).describe('Decay of the mean of gradients.'),
  beta2: decay.default(0.999).describe('Decay of the mean of squared gradients.'),
  epsilon,
};
const decayed = z
  .enum(['kernels', 'all'])
  .default('kernels')
  .describe('Which weights decay. `kernels`: all but biases, normalizations and embeddings.');
const decayShare =
  'Share of a weight that a step takes away, times the learning rate; no part of the moments.';

interface Row<Settings extends z.ZodObject = z.ZodObject> {
  /** What stands below `training.optimizer`: the name and the keys, with limits, defaults and descriptions. */
  readonly settings: Settings;
  /** How the learning rate changes over a training where `training.schedule` is `auto`. */
  readonly schedule: LearningRateSchedule;
  /** Makes the optimizer of a training by gradients; absent where the only learner that knows it moves its weights itself. */
  readonly make?: (settings: z.infer<Settings>) => Promise<Optimizer>;
}

/** Infers the type of the settings for the functions beside them. */
const row = <Settings extends z.ZodObject>(each: Row<Settings>): Row<Settings> => each;

/** Optimizers by the name that a config calls them. */
export const optimizerTable = {
  adam: row({
    settings: z.strictObject({
      name: z.literal('adam').default('adam'),
      learningRate: rate.default(0.001),
      beta1: decay.default(0.9),
      beta2: decay.default(0.999),
      epsilon: z.number().positive().default(1e-7),
    }),
    schedule: constantRate,
    make: async (settings) => new (await import('./adam.js')).Adam(settings),
  }),
  adamw: row({
    settings: z.strictObject({
      name: z.literal('adamw').describe('Adam with decoupled weight decay (Loshchilov & Hutter 2019).'),
      ...moments,
      weightDecay: z.number().min(0).default(0.004).describe(decayShare),
      decayed,
    }),
    schedule: constantRate,
    make: async (settings) => new (await import('./adam-w.js')).AdamW(settings),
  }),
  nadam: row({
    settings: z.strictObject({
      name: z.literal('nadam').describe("Adam with Nesterov's momentum (Dozat 2016)."),
      ...moments,
    }),
    schedule: constantRate,
    make: async (settings) => new (await import('./nadam.js')).Nadam(settings),
  }),
  sgd: row({
    settings: z.strictObject({
      name: z.literal('sgd').describe('Descent by the gradients of batches.'),
      learningRate: rate.default(0.01),
      momentum,
      nesterov: z
        .boolean()
        .default(false)
        .describe('Whether a gradient counts as if the momentum had moved on once more.'),
    }),
    schedule: constantRate,
    make: async (settings) => new (await import('./sgd.js')).Sgd(settings),
  }),
  rmsprop: row({
    settings: z.strictObject({
      name: z.literal('rmsprop').describe('Gradients divided by their usual size (Hinton 2012).'),
      learningRate: rate.default(0.001),
      rho: decay.default(0.9).describe('Decay of the mean of squared gradients.'),
      momentum,
      epsilon,
      centered: z
        .boolean()
        .default(false)
        .describe('Whether gradients are divided by their deviation rather than their size.'),
    }),
    schedule: constantRate,
    make: async (settings) => new (await import('./rms-prop.js')).RmsProp(settings),
  }),
  adagrad: row({
    settings: z.strictObject({
      name: z
        .literal('adagrad')
        .describe('Steps that get smaller where gradients were large (Duchi et al. 2011).'),
      learningRate: rate.default(0.001),
      initialAccumulator: z
        .number()
        .min(0)
        .default(0.1)
        .describe('What the sum of squared gradients begins with.'),
      epsilon,
    }),
    schedule: constantRate,
    make: async (settings) => new (await import('./adagrad.js')).Adagrad(settings),
  }),
  adadelta: row({
    settings: z.strictObject({
      name: z
        .literal('adadelta')
        .describe(
          "Steps of the usual size of the steps before (Zeiler 2012); the paper's learning rate is 1.",
        ),
      learningRate: rate.default(0.001),
      rho: decay.default(0.95).describe('Decay of the means of squared gradients and steps.'),
      epsilon,
    }),
    schedule: constantRate,
    make: async (settings) => new (await import('./adadelta.js')).Adadelta(settings),
  }),
  lamb: row({
    settings: z.strictObject({
      name: z
        .literal('lamb')
        .describe(
          "Adam's step, brought to the size of the weights it moves: for large batches (You et al. 2020).",
        ),
      ...moments,
      weightDecay: z.number().min(0).default(0).describe(decayShare),
      decayed,
    }),
    schedule: constantRate,
    make: async (settings) => new (await import('./lamb.js')).Lamb(settings),
  }),
  fastText: row({
    settings: z.strictObject({
      name: z
        .literal('fastText')
        .describe(
          "fastText's descent: an example at a time, the rate falling evenly to 0. For averagedEmbedding, which knows no other.",
        ),
      learningRate: rate.default(0.1),
    }),
    schedule: { name: 'linear', warmupSteps: 0, final: 0 },
  }),
};

type OptimizerTable = typeof optimizerTable;
export type OptimizerName = keyof OptimizerTable;
type Settings = OptimizerTable[OptimizerName]['settings'];
/** A filled `training.optimizer`. */
export type OptimizerConfig = z.infer<Settings>;

/** `training.optimizer`: the settings of one of them. */
export const optimizerSettings = z.discriminatedUnion(
  'name',
  Object.values(optimizerTable).map(({ settings }) => settings) as [Settings, ...Settings[]],
);

/** Names of the optimizers that train by the gradients of batches. */
export const gradientOptimizers = Object.entries<Row>(optimizerTable)
  .filter(([, { make }]) => make)
  .map(([name]) => name);

/**
 * The optimizer of a training by gradients.
 *
 * @throws Error when a config has none, or one that is part of a learner; no config that was checked does where it matters
 */
export async function makeOptimizer(config: OptimizerConfig | undefined): Promise<Optimizer> {
  const make = config && (optimizerTable[config.name] as Row).make;
  if (!make) throw new Error(`there is no training by gradients with ${config?.name ?? 'no optimizer'}`);
  return make(config);
}

/** How the learning rate changes where a config leaves that to its optimizer; without an optimizer not at all. */
export function scheduleOf(config: OptimizerConfig | undefined): LearningRateSchedule {
  return config ? optimizerTable[config.name].schedule : constantRate;
}
