import { z } from 'zod';

const weights = z
  .enum(['kernels', 'all'])
  .default('kernels')
  .describe('Which weights it is for. `kernels`: all but biases, normalizations and embeddings.');

const exponential = z.strictObject({
  name: z.literal('exponential').describe('The moving mean over all steps, the last ones counting most.'),
  decay: z.number().min(0).lt(1).default(0.999).describe('Share of the mean that a step leaves.'),
  biasCorrection: z
    .boolean()
    .default(true)
    .describe(
      "Whether the weights of the first steps count by that share, too, which short trainings need. `false`: Keras' `use_ema`, whose mean begins with the first weights and leaves them slowly.",
    ),
});

const stochastic = z.strictObject({
  name: z
    .literal('stochastic')
    .describe('The plain mean of the weights at the end of the training (Izmailov et al. 2018).'),
  from: z
    .number()
    .min(0)
    .lt(1)
    .default(0.75)
    .describe(
      'Share of the training after which weights count; until then the model has the weights as they are.',
    ),
  every: z
    .enum(['step', 'epoch'])
    .default('step')
    .describe('Whether the weights after each step count, or those at the end of each epoch.'),
});

/** Keys of `training` that say what becomes of gradients and weights around the optimizer's update. */
export const updateKeys = {
  accumulate: z
    .int()
    .positive()
    .default(1)
    .describe(
      'Batches whose mean gradients make one training step: with a `batchSize` of 8, `accumulate: 4` learns as batches of 32 do, in the memory of batches of 8.',
    ),
  clip: z
    .union([
      z.literal('none'),
      z.strictObject({
        norm: z
          .number()
          .positive()
          .describe('The largest norm that the gradients of all weights, as one vector, may have.'),
      }),
      z.strictObject({ value: z.number().positive().describe('The largest size of any element.') }),
    ])
    .default('none')
    .describe(
      'How gradients are kept from being too large. `norm`: scaled down to a norm, all alike. `value`: each element cut off.',
    ),
  l2: z
    .union([
      z.number().min(0),
      z.strictObject({ factor: z.number().positive().describe('Factor of the squares.'), weights }),
    ])
    .default(0)
    .describe(
      "A penalty in the training loss, as Keras' `L2`: so many times the sum of the squares of all kernels, or with `weights: all` of all weights. 0 for none. The loss that is reported is without it. Adam divides it by the size of the gradients; `adamw` has a decay that it leaves alone.",
    ),
  maxNorm: z
    .union([z.literal('none'), z.number().positive()])
    .default('none')
    .describe(
      "The largest norm that the incoming weights of a unit may have after a step, Keras' `MaxNorm`; of kernels alone.",
    ),
  average: z
    .union([z.literal('none'), z.discriminatedUnion('name', [exponential, stochastic])])
    .default('none')
    .describe(
      'Which mean of the weights is validated, kept and predicted with; the training goes on with the weights themselves. `none`: those.',
    ),
};
