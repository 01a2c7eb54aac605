import { setImmediate } from 'node:timers/promises';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import { padBatch } from '../batches/pad-batch.js';
import { shuffledBatches } from '../batches/shuffled-batches.js';
import type { TrainingConfig } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { accuracy } from '../metrics/accuracy.js';
import { logLoss } from '../metrics/log-loss.js';
import { predictedLabels } from '../metrics/predicted-labels.js';
import { outputColumns, predictProbabilities } from '../model/predict-probabilities.js';
import { rateAt } from '../optimizers/learning-rate.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import { scheduleOf } from '../optimizers/optimizer-table.js';
import { Random } from '../random/random.js';
import { makeTrainStep } from './train-step.js';
import type { BestEpoch, TrainingState } from './training-state.js';

export interface TrainOptions {
  training: EncodedSplit;
  /** Held-out examples that choose the best epoch; without them the last epoch is the best. */
  validation?: EncodedSplit;
  config: TrainingConfig;
  /** Made of `config.optimizer`; its learning rate at the start is what the schedule goes by. */
  optimizer: Optimizer;
  /** Decides the shuffling, and what dropout drops. */
  seed: number;
  /** Where an earlier training stopped; model and optimizer then hold its weights. */
  resume?: TrainingState;
  /** Ends the training after the step that runs. */
  signal?: AbortSignal;
}

export type TrainEvent =
  | {
      type: 'step';
      epoch: number;
      step: number;
      /** Steps of an epoch. */
      steps: number;
      /** Of this step's examples. */
      loss: number;
      /** Running means of the epoch. */
      meanLoss: number;
      accuracy: number;
      /** Examples of the epoch that are done, and examples per second over its steps. */
      examples: number;
      examplesPerSecond: number;
      state: TrainingState;
    }
  | { type: 'validation'; epoch: number; examples: number; total: number }
  | {
      type: 'epoch';
      epoch: number;
      /** Means over the epoch's steps, each before its update. */
      loss: number;
      accuracy: number;
      validationLoss?: number;
      validationAccuracy?: number;
      /** Of training and validation. */
      seconds: number;
      /** Whether the model, as it is now, is the best so far. */
      best: boolean;
      /** Where the next epoch begins. */
      state: TrainingState;
    };

/**
 * Trains a model on the current backend, and reports each step and each epoch. While the generator waits at an event, the
 * model holds the weights of that moment: whoever wants to keep them writes them then. The same seed, data and number of
 * threads give the same weights, bit for bit, resumed or not.
 *
 * @param model ids `[batch, time]` to probabilities, ending in a dense layer
 * @throws UserError when the loss is not a number any more
 */
export async function* train(model: LayersModel, options: TrainOptions): AsyncGenerator<TrainEvent> {
  const { training, validation, config, optimizer, signal } = options;
  const { batchSize, epochs } = config;
  const random = new Random(`shuffle ${options.seed}`, options.resume?.random);
  const dropout = new Random(`dropout ${options.seed}`, options.resume?.dropout);
  const trainStep = makeTrainStep(model, optimizer, dropout);
  const schedule = scheduleOf(config.optimizer);
  const base = optimizer.learningRate;
  let state: TrainingState = options.resume ?? firstState(1, { random, dropout });
  while (state.epoch <= epochs) {
    const { epoch } = state;
    const before = state.seconds;
    const start = performance.now();
    const seconds = () => before + (performance.now() - start) / 1_000;
    const batches = shuffledBatches(training, { batchSize, random });
    const totalSteps = epochs * batches.length;
    for (const exampleIndices of batches.slice(state.step)) {
      const batch = padBatch(training, exampleIndices);
      const step = (epoch - 1) * batches.length + state.step;
      optimizer.learningRate = rateAt(schedule, { step, totalSteps, base });
      const { loss, correct } = trainStep(batch);
      if (!Number.isFinite(loss)) throw notANumber(loss, state);
      const sums = {
        loss: state.sums.loss + loss * batch.rows,
        correct: state.sums.correct + correct,
        examples: state.sums.examples + batch.rows,
      };
      state = { ...state, step: state.step + 1, dropout: dropout.state, sums, seconds: seconds() };
      const progress = { epoch, step: state.step, steps: batches.length, loss, ...means(sums) };
      yield { type: 'step', ...progress, examplesPerSecond: sums.examples / state.seconds, state };
      // Signals and timers get their turn; without it Ctrl-C would wait for the end of the epoch.
      await setImmediate();
      if (signal?.aborted) return;
    }
    const { meanLoss, accuracy: trainingAccuracy } = means(state.sums);
    const validated: { validationLoss?: number; validationAccuracy?: number } = {};
    if (validation && exampleCount(validation) > 0) {
      const total = exampleCount(validation);
      yield { type: 'validation', epoch, examples: 0, total };
      Object.assign(validated, await validate(model, validation, batchSize));
    }
    const best = isBetter(validated, state.best);
    state = firstState(epoch + 1, { random, dropout }, best ? { epoch, ...validated } : state.best);
    const results = { loss: meanLoss, accuracy: trainingAccuracy, ...validated };
    yield { type: 'epoch', epoch, ...results, seconds: seconds(), best, state };
    if (signal?.aborted) return;
  }
}

export function firstState(
  epoch: number,
  { random, dropout }: { random: Random; dropout?: Random },
  best?: BestEpoch,
): TrainingState {
  const sums = { loss: 0, correct: 0, examples: 0 };
  const state = { epoch, step: 0, random: random.state, sums, seconds: 0 };
  // Left out rather than undefined: the state is stored as JSON.
  return { ...state, ...(dropout && { dropout: dropout.state }), ...(best && { best }) };
}

export function means(sums: TrainingState['sums']): { meanLoss: number; accuracy: number; examples: number } {
  const { loss, correct, examples } = sums;
  return { meanLoss: loss / examples, accuracy: correct / examples, examples };
}

export async function validate(
  model: LayersModel,
  validation: EncodedSplit,
  batchSize: number,
): Promise<{ validationLoss: number; validationAccuracy: number }> {
  const probabilities = await predictProbabilities(model, validation, { batchSize });
  const predicted = predictedLabels(probabilities, outputColumns(model));
  return {
    validationLoss: logLoss(validation.labels, probabilities),
    validationAccuracy: accuracy(validation.labels, predicted),
  };
}

/** The lower validation loss is the better epoch: it is much less a matter of luck than the accuracy. */
export function isBetter(now: { validationLoss?: number }, best: BestEpoch | undefined): boolean {
  if (!best || now.validationLoss === undefined || best.validationLoss === undefined) return true;
  return now.validationLoss < best.validationLoss;
}

export function notANumber(loss: number, { epoch, step }: TrainingState): Error {
  return new UserError(
    `The loss is ${loss} after step ${step + 1} of epoch ${epoch}: the weights have run away`,
    'Try a smaller learning rate, such as --set training.optimizer.learningRate=0.0003.',
  );
}
