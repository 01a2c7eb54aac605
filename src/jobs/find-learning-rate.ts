import { setImmediate } from 'node:timers/promises';
import type { Config } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { Random } from '../random/random.js';
import { openTask } from '../tasks/open-task.js';
import { runIdsOf } from '../text/run-ids.js';
import { createLearner } from '../training/create-learner.js';
import { proposeRate } from '../training/propose-rate.js';
import { prepareData } from './prepare-data.js';

export interface FindLearningRateOptions {
  readonly dataDir: string;
  /** Rate of the first step; default 1e-6. */
  readonly from?: number;
  /** Rate of the last step; default 1. */
  readonly to?: number;
  /** Default 200. */
  readonly steps?: number;
  /** Bytes that what is kept in `<dataDir>/cache` may have. */
  readonly cacheSize?: number;
  readonly signal?: AbortSignal;
}

/** One step of the test. */
export interface RatePoint {
  readonly learningRate: number;
  /** Mean of the step's examples before its update. */
  readonly loss: number;
  /** Of the steps so far, the last ones counting most. */
  readonly smoothedLoss: number;
}

export interface FoundRate {
  readonly points: readonly RatePoint[];
  /** Absent where the loss never falls. */
  readonly proposed?: number;
  /** Whether the loss ran away, which ended the test. */
  readonly diverged: boolean;
}

/** How much of the smoothed loss comes from the steps before: as in fastai. */
const kept = 0.98;
/** The test ends where the smoothed loss is so many times its least. */
const runaway = 4;

/**
 * Trains a new model with a rate that rises at every step, always by the same factor, and looks at what the loss does. The
 * model is thrown away. Nothing but the cache of the data is written.
 *
 * @throws UserError when the model does not learn by the gradients of batches, or the rates make no range
 */
export async function* findLearningRate(
  config: Config,
  options: FindLearningRateOptions,
): AsyncGenerator<RatePoint & { readonly step: number; readonly steps: number }, FoundRate> {
  const { from = 1e-6, to = 1, steps = 200, signal } = options;
  if (!(from > 0 && from < to && Number.isFinite(to)) || steps < 2) throw noRange({ from, to, steps });
  const { type } = config.model;
  if (type !== 'recurrent' && type !== 'conv1d') throw noRate(type);
  const prepared = await prepareData(config, options);
  const { split, vocabulary, training } = prepared;
  const task = openTask(prepared.config.task, split.labels);
  const rateOf = (step: number) => from * (to / from) ** (step / (steps - 1));
  const learner = await createLearner({
    ...{ config: prepared.config, task, training, features: split.features },
    ...{ idCount: vocabulary.idCount, runIds: runIdsOf(vocabulary) },
    rate: ({ step }) => rateOf(step),
  });
  try {
    const random = new Random(`shuffle ${config.seed}`);
    const points: RatePoint[] = [];
    let portions: readonly Int32Array[] = [];
    let [average, least, place] = [0, Number.POSITIVE_INFINITY, 0];
    for (let step = 0; step < steps && !signal?.aborted; step++, place++) {
      if (place === portions.length) [portions, place] = [learner.portions(random), 0];
      const context = { totalSteps: steps, epochSteps: portions.length, history: [], examplesBefore: 0 };
      const { loss } = await learner.learn(portions[place], { step, ...context });
      if (!Number.isFinite(loss)) return found(points, true);
      average = kept * average + (1 - kept) * loss;
      const smoothedLoss = average / (1 - kept ** (step + 1));
      least = Math.min(least, smoothedLoss);
      const point = { learningRate: rateOf(step), loss, smoothedLoss };
      points.push(point);
      yield { ...point, step: step + 1, steps };
      if (smoothedLoss > runaway * least) return found(points, true);
      await setImmediate();
    }
    return found(points, false);
  } finally {
    learner.dispose();
  }
}

function found(points: readonly RatePoint[], diverged: boolean): FoundRate {
  const rates = points.map(({ learningRate }) => learningRate);
  const losses = points.map(({ smoothedLoss }) => smoothedLoss);
  const proposed = proposeRate(rates, losses);
  return { points, diverged, ...(proposed !== undefined && { proposed }) };
}

function noRange({ from, to, steps }: { from: number; to: number; steps: number }): UserError {
  return new UserError(
    `The rates are to rise from ${from} to ${to} in ${steps} steps, which is no range.`,
    'Give a first rate above 0, a higher last one, and at least 2 steps.',
  );
}

function noRate(type: string): UserError {
  return new UserError(
    `A model of type ${type} is not learnt by the gradients of batches: there is no rate to look for.`,
    'Take a config whose model.type is recurrent or conv1d.',
  );
}
