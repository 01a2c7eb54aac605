import { z } from 'zod';

/** Where a training stands, for its learning rate. */
export interface Progress {
  /** Steps that are done, from 0. */
  readonly step: number;
  /** Steps of the whole training. */
  readonly totalSteps: number;
  /** `learningRate` of the config. */
  readonly base: number;
}

interface Row<Settings extends z.ZodObject> {
  /** Its name and its keys, with limits, defaults and descriptions. */
  readonly settings: Settings;
  /** The rate of the step that follows on `progress.step` others. */
  readonly rateAt: (progress: Progress, settings: z.infer<Settings>) => number;
}

/** Infers the type of the settings for the function beside them. */
const row = <Settings extends z.ZodObject>(each: Row<Settings>): Row<Settings> => each;

/** How the learning rate changes over a training, by name. */
const scheduleTable = {
  constant: row({
    settings: z.strictObject({ name: z.literal('constant').describe('The same rate all along.') }),
    rateAt: ({ base }) => base,
  }),
  linear: row({
    settings: z.strictObject({ name: z.literal('linear').describe('Falls evenly to 0.') }),
    rateAt: ({ step, totalSteps, base }) => base * (1 - step / totalSteps),
  }),
};

type ScheduleTable = typeof scheduleTable;

/** A schedule and its settings. */
export type LearningRateSchedule = {
  [Name in keyof ScheduleTable]: z.infer<ScheduleTable[Name]['settings']> & { readonly name: Name };
}[keyof ScheduleTable];

/** The learning rate of one step: it depends on nothing else, so a training that was resumed goes on with the same. */
export function rateAt(schedule: LearningRateSchedule, progress: Progress): number {
  return (scheduleTable[schedule.name] as Row<z.ZodObject>).rateAt(progress, schedule);
}
