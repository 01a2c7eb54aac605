import { setImmediate } from 'node:timers/promises';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import { Random } from '../random/random.js';
import { firstState, isBetter, means, notANumber, type TrainEvent, validate } from './train.js';
import type { StepResult } from './train-step.js';
import type { TrainingState } from './training-state.js';

/** Steps of an epoch, each of so many examples one by one: enough to see how it goes and to hear Ctrl-C. */
const stepsPerEpoch = 100;

/** Examples of a validation batch; changes the speed only. */
const validationBatchSize = 64;

/** What learns from one example after another, in plain arrays. */
export interface ExampleLearner {
  /**
   * Learns from each of the examples, in their order.
   *
   * @param before examples that the training has learnt from before these, those of former epochs included
   * @returns their mean loss and how many were right, each before it was learnt from
   */
  learn(examples: Int32Array, before: number): StepResult;
  /** Puts the weights, as they are, into the model. */
  fillModel(): void;
  /** Asked after an epoch: whether another one would change nothing that matters. Default: never. */
  isConverged?(): boolean;
}

export interface TrainByExampleOptions {
  model: LayersModel;
  training: EncodedSplit;
  validation: EncodedSplit;
  epochs: number;
  seed: number;
  /** The last epoch is the best, whatever the validation says: for a learner that nears the one optimum of its problem. */
  lastIsBest?: boolean;
  resume?: TrainingState;
  signal?: AbortSignal;
}

/**
 * Trains in epochs over all examples, in another random order each time, and reports what `train` reports. The same seed
 * and data give the same weights, bit for bit, resumed or not.
 *
 * @throws UserError when the loss is not a number any more
 */
export async function* trainByExample(
  learner: ExampleLearner,
  options: TrainByExampleOptions,
): AsyncGenerator<TrainEvent> {
  const { model, training, validation, epochs, signal } = options;
  const examplesPerEpoch = exampleCount(training);
  const examplesPerStep = Math.ceil(examplesPerEpoch / stepsPerEpoch);
  const steps = Math.ceil(examplesPerEpoch / examplesPerStep);
  const random = new Random(`shuffle ${options.seed}`, options.resume?.random);
  let state: TrainingState = options.resume ?? firstState(1, { random });
  while (state.epoch <= epochs) {
    if (state.step === 0 && state.epoch > 1 && learner.isConverged?.()) break;
    const { epoch } = state;
    const before = state.seconds;
    const start = performance.now();
    const seconds = () => before + (performance.now() - start) / 1_000;
    const order = Int32Array.from({ length: examplesPerEpoch }, (_, example) => example);
    random.shuffle(order);
    while (state.step < steps) {
      const first = state.step * examplesPerStep;
      const examples = order.subarray(first, first + examplesPerStep);
      const { loss, correct } = learner.learn(examples, (epoch - 1) * examplesPerEpoch + first);
      if (!Number.isFinite(loss)) throw notANumber(loss, state);
      const sums = {
        loss: state.sums.loss + loss * examples.length,
        correct: state.sums.correct + correct,
        examples: state.sums.examples + examples.length,
      };
      state = { ...state, step: state.step + 1, sums, seconds: seconds() };
      const progress = { epoch, step: state.step, steps, loss, ...means(sums) };
      yield { type: 'step', ...progress, examplesPerSecond: sums.examples / state.seconds, state };
      // Signals and timers get their turn.
      await setImmediate();
      if (signal?.aborted) {
        learner.fillModel();
        return;
      }
    }
    const { meanLoss, accuracy } = means(state.sums);
    learner.fillModel();
    const validated: { validationLoss?: number; validationAccuracy?: number } = {};
    const total = exampleCount(validation);
    if (total > 0) {
      yield { type: 'validation', epoch, examples: 0, total };
      Object.assign(validated, await validate(model, validation, validationBatchSize));
    }
    const best = options.lastIsBest || isBetter(validated, state.best);
    state = firstState(epoch + 1, { random }, best ? { epoch, ...validated } : state.best);
    const results = { loss: meanLoss, accuracy, ...validated };
    yield { type: 'epoch', epoch, ...results, seconds: seconds(), best, state };
    if (signal?.aborted) return;
  }
}
