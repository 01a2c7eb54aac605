import { z } from 'zod';
import { plateauReductions } from './plateau.js';

/** Where a training stands, for its learning rate. */
export interface Progress {
  /** Steps that are done, from 0. */
  readonly step: number;
  /** Steps of the whole training. */
  readonly totalSteps: number;
  /** Steps of an epoch; default: all are one. */
  readonly epochSteps?: number;
  /** The deciding figure of each validation so far, less being better; default: none. */
  readonly history?: readonly number[];
  /** `learningRate` of the config: the rate after the warm-up. */
  readonly base: number;
}

interface Row<Settings extends z.ZodObject> {
  /** Its name and its keys, with limits, defaults and descriptions. */
  readonly settings: Settings;
  /** The rate of the step that follows on `progress.step` others, the warm-up left out of all of them. */
  readonly rateAt: (progress: Required<Progress>, settings: z.infer<Settings>) => number;
}

/** Infers the type of the settings for the function beside them. */
const row = <Settings extends z.ZodObject>(each: Row<Settings>): Row<Settings> => each;

const share = z.number().min(0).max(1);
const warmupSteps = z
  .int()
  .nonnegative()
  .default(0)
  .describe('Steps in which the rate first rises evenly to learningRate.');
const final = share.default(0).describe('Share of learningRate that is left in the end.');

/** How the learning rate changes over a training, by name. */
const scheduleTable = {
  constant: row({
    settings: z.strictObject({
      name: z.literal('constant').describe('The same rate all along.'),
      warmupSteps,
    }),
    rateAt: ({ base }) => base,
  }),
  linear: row({
    settings: z.strictObject({ name: z.literal('linear').describe('Falls evenly.'), warmupSteps, final }),
    rateAt: ({ step, totalSteps, base }, { final }) => base * (1 - (1 - final) * (step / totalSteps)),
  }),
  /** Loshchilov & Hutter 2017 without restarts; Keras' `CosineDecay`. */
  cosine: row({
    settings: z.strictObject({
      name: z.literal('cosine').describe('Falls along half a cosine: slowly at both ends.'),
      warmupSteps,
      final,
    }),
    rateAt: ({ step, totalSteps, base }, { final }) =>
      base * ((1 - final) * 0.5 * (1 + Math.cos((Math.PI * step) / totalSteps)) + final),
  }),
  /** Smith & Topin 2018 in PyTorch's form, `OneCycleLR` with `anneal_strategy='cos'`. */
  oneCycle: row({
    settings: z.strictObject({
      name: z
        .literal('oneCycle')
        .describe('Rises to learningRate, then falls to almost nothing, both along half a cosine.'),
      rise: share.gt(0).lt(1).default(0.3).describe('Share of the steps in which the rate rises.'),
      startDivisor: z.number().min(1).default(25).describe('The first rate is learningRate divided by it.'),
      finalDivisor: z.number().min(1).default(1e4).describe('The last rate is the first one divided by it.'),
    }),
    rateAt({ step, totalSteps, base }, { rise, startDivisor, finalDivisor }) {
      const first = base / startDivisor;
      const peak = rise * totalSteps - 1;
      if (step <= peak) return between(first, base, peak === 0 ? 1 : step / peak);
      return between(base, first / finalDivisor, (step - peak) / (totalSteps - 1 - peak));
    },
  }),
  /** Keras' `ExponentialDecay` with an epoch as `decay_steps`. */
  exponential: row({
    settings: z.strictObject({
      name: z
        .literal('exponential')
        .describe('Is multiplied by the same factor over each epoch, a little at every step.'),
      warmupSteps,
      decay: share.gt(0).default(0.5).describe('What is left of the rate after an epoch.'),
    }),
    rateAt: ({ step, epochSteps, base }, { decay }) => base * decay ** (step / epochSteps),
  }),
  reduceOnPlateau: row({
    settings: z.strictObject({
      name: z.literal('reduceOnPlateau').describe('Falls whenever validation does not get better any more.'),
      warmupSteps,
      factor: share.gt(0).lt(1).default(0.5).describe('What the rate is multiplied by.'),
      patience: z.int().positive().default(1).describe('Validations without improvement before that.'),
      minDelta: z
        .number()
        .nonnegative()
        .default(0)
        .describe('How much better a figure must be to count as improvement.'),
      cooldown: z
        .int()
        .nonnegative()
        .default(0)
        .describe('Validations after a lowering during which none is counted.'),
      minimum: z.number().nonnegative().default(0).describe('The rate never falls below it.'),
    }),
    rateAt: ({ base, history }, settings) =>
      Math.max(
        Math.min(base, settings.minimum),
        base * settings.factor ** plateauReductions(history, settings),
      ),
  }),
};

type ScheduleTable = typeof scheduleTable;

type ScheduleSettings = ScheduleTable[keyof ScheduleTable]['settings'];

/** A schedule and its settings. */
export type LearningRateSchedule = z.infer<ScheduleSettings>;

/** `training.schedule`: the settings of one of them. */
export const scheduleSettings = z.discriminatedUnion(
  'name',
  Object.values(scheduleTable).map(({ settings }) => settings) as [ScheduleSettings, ...ScheduleSettings[]],
);

/** The rate all along, with nothing else to say. */
export const constantRate: LearningRateSchedule = { name: 'constant', warmupSteps: 0 };

/**
 * The learning rate of one step: it depends on nothing else, so a training that was resumed goes on with the same. In the
 * warm-up step s of n has (s + 1) / n of the rate, for the first step is to learn something; the schedule begins after it.
 */
export function rateAt(schedule: LearningRateSchedule, progress: Progress): number {
  const { step, totalSteps, epochSteps = totalSteps, history = [], base } = progress;
  const warmup = 'warmupSteps' in schedule ? schedule.warmupSteps : 0;
  if (step < warmup) return (base * (step + 1)) / warmup;
  const { rateAt } = scheduleTable[schedule.name] as Row<z.ZodObject>;
  const past = { step: step - warmup, totalSteps: Math.max(1, totalSteps - warmup) };
  return rateAt({ ...past, epochSteps, history, base }, schedule);
}

/** Half a cosine from one value to another. */
function between(start: number, end: number, share: number): number {
  return end + ((start - end) / 2) * (1 + Math.cos(Math.PI * share));
}
