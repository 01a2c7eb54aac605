import { z } from 'zod';
import { constantRate, type LearningRateSchedule } from './learning-rate.js';
import type { Optimizer } from './optimizer.js';

// The config's schema is made of this table: a module of TensorFlow.js may be imported by `make` alone, else checking a
// config would load it.

const rate = z.number().positive();
const decay = z.number().min(0).lt(1);

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
