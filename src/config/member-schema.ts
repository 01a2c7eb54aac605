import { z } from 'zod';

const settings = z.array(z.string()).default([]);

/** A run that was joined to an ensemble. */
export const joinedMember = z.strictObject({
  name: z.string().describe('Name that the run had when the ensemble was made.'),
  weight: z.number().positive().describe('How much its probabilities count.'),
});

/** A run that an ensemble is to have. */
export const plannedMember = z.strictObject({
  config: z
    .string()
    .describe(
      'A YAML file, or the name of a packaged config. Its data set, task, seed, validation split, threshold and calibration are those of the ensemble.',
    ),
  set: settings.describe('Settings of the config that differ, as `--set` has them: `training.epochs=3`.'),
  setTaught: settings.describe('The same for the rounds after the first, beside those of `set`.'),
  seeds: z
    .int()
    .positive()
    .default(1)
    .describe('Runs of it, with the seed of the ensemble and the next ones.'),
  weight: z
    .union([z.literal('fit'), z.number().positive()])
    .default('fit')
    .describe(
      'How much the probabilities of each of these runs count. `fit`, for all members or none: chosen on the examples that no run has learnt from, for which all need one seed.',
    ),
});
