import { setImmediate } from 'node:timers/promises';
import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import { UserError } from '../errors/user-error.js';
import { predictProbabilities } from '../model/predict-probabilities.js';
import { Random } from '../random/random.js';
import type { Figures } from '../tasks/figure.js';
import type { Task } from '../tasks/task.js';
import type { Learner } from './learner.js';
import { type BestEpoch, type EpochSums, type TrainingState, withStep } from './training-state.js';

export interface TrainOptions {
  readonly task: Task;
  /** Held-out examples that choose the best epoch; without them the last epoch is the best. */
  readonly validation?: EncodedSplit;
  readonly epochs: number;
  /** Examples of a validation batch; changes the speed only. */
  readonly batchSize: number;
  /** Decides the shuffling. */
  readonly seed: number;
  /** Where an earlier training stopped; the learner then holds its numbers. */
  readonly resume?: TrainingState;
  /** Ends the training after the step that runs. */
  readonly signal?: AbortSignal;
}

export type TrainEvent =
  | {
      readonly type: 'step';
      readonly epoch: number;
      readonly step: number;
      /** Steps of an epoch. */
      readonly steps: number;
      /** Mean of this step's examples. */
      readonly loss: number;
      /** Over the epoch so far: loss, and what the task reports. */
      readonly means: Figures;
      /** Examples of the epoch that are done, and examples per second over its steps. */
      readonly examples: number;
      readonly examplesPerSecond: number;
      readonly state: TrainingState;
    }
  | { readonly type: 'validation'; readonly epoch: number; readonly examples: number; readonly total: number }
  | {
      readonly type: 'epoch';
      readonly epoch: number;
      /** Over the epoch's steps, each before its update. */
      readonly training: Figures;
      /** Absent where nothing is held out. */
      readonly validation?: Figures;
      /** Of training and validation. */
      readonly seconds: number;
      /** Whether the model, as it is now, is the best so far. */
      readonly best: boolean;
      /** Where the next epoch begins. */
      readonly state: TrainingState;
    };

/**
 * Trains in epochs on the current backend, and reports each step and each epoch. At an `epoch` event, and when the events
 * have ended, the learner's model holds the weights of that moment: whoever wants to keep them writes them then. The same
 * seed, data and number of threads give the same weights, bit for bit, resumed or not.
 *
 * @throws UserError when the loss is not a number any more
 */
export async function* train(learner: Learner, options: TrainOptions): AsyncGenerator<TrainEvent> {
  const { task, validation, epochs, signal } = options;
  const random = new Random(`shuffle ${options.seed}`, options.resume?.random);
  let state = options.resume ?? firstState(1, { random, learner });
  while (state.epoch <= epochs) {
    if (state.step === 0 && state.epoch > 1 && learner.isConverged()) break;
    const { epoch } = state;
    const before = state.seconds;
    const start = performance.now();
    const seconds = () => before + (performance.now() - start) / 1_000;
    const portions = learner.portions(random);
    const perEpoch = portions.reduce((sum, { length }) => sum + length, 0);
    for (const portion of portions.slice(state.step)) {
      const result = await learner.learn(portion, {
        step: (epoch - 1) * portions.length + state.step,
        totalSteps: epochs * portions.length,
        examplesBefore: (epoch - 1) * perEpoch + state.sums.examples,
      });
      if (!Number.isFinite(result.loss)) throw notANumber(result.loss, state);
      const sums = withStep(state.sums, result, portion.length);
      state = { ...state, step: state.step + 1, ...dropoutOf(learner), sums, seconds: seconds() };
      yield {
        ...{ type: 'step', epoch, step: state.step, steps: portions.length, loss: result.loss },
        ...{ means: meansOf(sums, task), examples: sums.examples },
        ...{ examplesPerSecond: sums.examples / state.seconds, state },
      };
      // Signals and timers get their turn; without it Ctrl-C would wait for the end of the epoch.
      await setImmediate();
      if (!signal?.aborted) continue;
      learner.fillModel();
      return;
    }
    const training = meansOf(state.sums, task);
    learner.fillModel();
    let validated: { validation?: Figures } = {};
    const total = validation ? exampleCount(validation) : 0;
    if (validation && total > 0) {
      yield { type: 'validation', epoch, examples: 0, total };
      const outputs = await predictProbabilities(learner.model, validation, { batchSize: options.batchSize });
      validated = { validation: task.validate({ outputs, targets: validation.targets }) };
    }
    const best = learner.lastIsBest || isBetter(validated, state.best, task.deciding);
    state = firstState(epoch + 1, { random, learner }, best ? { epoch, ...validated } : state.best);
    yield { type: 'epoch', epoch, training, ...validated, seconds: seconds(), best, state };
    if (signal?.aborted) return;
  }
}

function firstState(
  epoch: number,
  { random, learner }: { random: Random; learner: Learner },
  best?: BestEpoch,
): TrainingState {
  const sums = { examples: 0, loss: 0, counts: {} };
  const state = { epoch, step: 0, random: random.state, sums, seconds: 0 };
  return { ...state, ...dropoutOf(learner), ...(best && { best }) };
}

/** Left out rather than undefined where nothing drops: the state is stored as JSON. */
function dropoutOf({ dropout }: Learner): Pick<TrainingState, 'dropout'> {
  return dropout ? { dropout } : {};
}

function meansOf({ examples, loss, counts }: EpochSums, task: Task): Figures {
  return { loss: loss / examples, ...task.figures(counts, examples) };
}

function isBetter(now: { validation?: Figures }, best: BestEpoch | undefined, deciding: string): boolean {
  if (!best?.validation || !now.validation) return true;
  return now.validation[deciding] < best.validation[deciding];
}

function notANumber(loss: number, { epoch, step }: TrainingState): Error {
  return new UserError(
    `The loss is ${loss} after step ${step + 1} of epoch ${epoch}: the weights have run away`,
    'Try a smaller learning rate, such as --set training.optimizer.learningRate=0.0003.',
  );
}
