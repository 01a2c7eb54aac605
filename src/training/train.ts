import { setImmediate } from 'node:timers/promises';
import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import { predictProbabilities } from '../model/predict-probabilities.js';
import { Random, type RandomState } from '../random/random.js';
import type { Figures } from '../tasks/figure.js';
import type { Task } from '../tasks/task.js';
import type { Learner } from './learner.js';
import { endedBy, type Limits, totalSteps } from './limits.js';
import { NotFiniteLoss } from './not-finite.js';
import type { TrainEvent } from './train-event.js';
import {
  dropoutOf,
  type EpochSums,
  firstState,
  type TrainingState,
  withStep,
  withValidation,
} from './training-state.js';

export type { TrainEvent };

export interface TrainOptions extends Limits {
  readonly task: Task;
  /** Held-out examples that choose the weights that are kept; without them the last ones are the best. */
  readonly validation?: EncodedSplit;
  /** Steps after which it is validated within an epoch, too; default: at the end of each epoch only. */
  readonly validateEvery?: number;
  /** Examples of a validation batch; changes the speed only. */
  readonly batchSize: number;
  /** Decides the shuffling. */
  readonly seed: number;
  /** Where an earlier training stopped; the learner then holds its numbers. */
  readonly resume?: TrainingState;
  /** Ends the training after the step that runs. */
  readonly signal?: AbortSignal;
}

/**
 * Trains in epochs on the current backend, and reports each step, validation and epoch. At an event that says `best`, at an
 * `epoch` event, and when the events have ended, the learner's model holds the weights of that moment: whoever wants to keep
 * them writes them then. The same seed, data and number of threads give the same weights, bit for bit, resumed or not.
 *
 * @throws NotFiniteLoss when the loss is not a number any more; the weights are as they were before that step
 */
export async function* train(learner: Learner, options: TrainOptions): AsyncGenerator<TrainEvent> {
  const { epochs, signal } = options;
  const random = shuffling(options.seed, options.resume?.random);
  let state = options.resume ?? firstState({ random, learner });
  while (state.epoch <= epochs) {
    const isConverged = state.epoch > 1 && learner.isConverged();
    if (state.step === 0 && (isConverged || endedBy(state, options))) break;
    const portions = learner.portions(random);
    const context = { learner, options, portions, clock: stopwatch(state.seconds) };
    while (state.step < portions.length && !endedBy(state, options)) {
      if (isDue(state, options)) state = yield* validateWithin(state, context);
      else state = yield* learn(state, context);
      if (!signal?.aborted) continue;
      learner.fillModel();
      return;
    }
    state = yield* endEpoch(state, { ...context, random });
    if (signal?.aborted) return;
  }
}

/** Where a training by a seed begins. */
export function beginning({ seed }: Pick<TrainOptions, 'seed'>, learner: Learner): TrainingState {
  return firstState({ random: shuffling(seed), learner });
}

const shuffling = (seed: number, state?: RandomState) => new Random(`shuffle ${seed}`, state);

interface Context {
  readonly learner: Learner;
  readonly options: TrainOptions;
  /** Examples of each step of the epoch. */
  readonly portions: readonly Int32Array[];
  /** Seconds that the epoch has taken. */
  readonly clock: () => number;
}

async function* learn(state: TrainingState, context: Context): AsyncGenerator<TrainEvent, TrainingState> {
  const { learner, options, portions, clock } = context;
  const { epoch } = state;
  const portion = portions[state.step];
  const perEpoch = portions.reduce((sum, { length }) => sum + length, 0);
  const result = await learner.learn(portion, {
    step: state.steps,
    totalSteps: totalSteps(state, options, portions.length),
    epochSteps: portions.length,
    history: state.history,
    examplesBefore: (epoch - 1) * perEpoch + state.sums.examples,
  });
  const { loss, learningRate, gradientNorm } = result;
  if (!Number.isFinite(loss)) {
    const where = learner.whereNotFinite?.(portion);
    const examples = where?.rows.length ? Int32Array.from(where.rows, (row) => portion[row]) : portion;
    throw new NotFiniteLoss(
      `The loss is ${loss} in step ${state.step + 1} of epoch ${epoch}`,
      examples,
      where,
    );
  }
  const sums = withStep(state.sums, result, portion.length);
  const next: TrainingState = {
    ...{ ...state, step: state.step + 1, steps: state.steps + 1, ...dropoutOf(learner) },
    ...{ sums, seconds: clock() },
  };
  yield {
    ...{ type: 'step', epoch, step: next.step, steps: portions.length, loss },
    ...(learningRate !== undefined && { learningRate }),
    ...(gradientNorm !== undefined && { gradientNorm }),
    ...{ means: meansOf(sums, options.task), examples: sums.examples },
    ...{ examplesPerSecond: sums.examples / next.seconds, state: next },
  };
  // Signals and timers get their turn; without it Ctrl-C would wait for the end of the epoch.
  await setImmediate();
  return next;
}

async function* validateWithin(
  state: TrainingState,
  context: Context,
): AsyncGenerator<TrainEvent, TrainingState> {
  const { options, portions, clock } = context;
  const { epoch, step } = state;
  const validated = { ...(yield* validate(state, context)), seconds: clock() };
  yield {
    ...{ type: 'validated', epoch, step, steps: portions.length, seconds: validated.seconds },
    ...{ training: meansOf(state.sums, options.task), validation: validated.validated!.figures },
    ...{ best: validated.best !== state.best, state: validated },
  };
  return validated;
}

async function* endEpoch(
  before: TrainingState,
  context: Context & { readonly random: Random },
): AsyncGenerator<TrainEvent, TrainingState> {
  const { learner, options, portions, clock, random } = context;
  const { epoch, step, steps } = before;
  learner.fillModel();
  const isValidated = before.validated?.steps === steps;
  const state = isValidated ? before : yield* validate(before, context);
  const { validated, history, best } = state;
  const seconds = clock();
  const isCut = epoch < options.epochs || step < portions.length;
  const ended = isCut ? endedBy({ ...state, seconds }, options) : undefined;
  const next: TrainingState = {
    ...firstState({ random, learner }),
    ...{ epoch: epoch + 1, steps, secondsBefore: state.secondsBefore + seconds, history },
    ...(validated && { validated }),
    ...(best && { best }),
  };
  yield {
    ...{ type: 'epoch', epoch, training: meansOf(state.sums, options.task) },
    ...(validated && { validation: validated.figures }),
    ...{ seconds, best: best !== before.best, ...(ended && { ended }), state: next },
  };
  return next;
}

/** Measures the model as it is; where nothing is held out it is the best. */
async function* validate(
  state: TrainingState,
  { learner, options, portions }: Context,
): AsyncGenerator<TrainEvent, TrainingState> {
  const { task, validation, batchSize } = options;
  const { epoch, step } = state;
  const place = { epoch, ...(step < portions.length && { step }) };
  learner.fillModel();
  if (!canValidate(validation)) return { ...state, best: place };
  const total = exampleCount(validation);
  yield { type: 'validation', epoch, examples: 0, total };
  const outputs = await predictProbabilities(learner.model, validation, { batchSize });
  const figures = task.validate({ outputs, targets: validation.targets });
  if (!Number.isFinite(figures.loss)) {
    throw new NotFiniteLoss(
      `The loss of the validation is ${figures.loss} after step ${step} of epoch ${epoch}`,
      new Int32Array(),
    );
  }
  return withValidation(state, figures, { place, deciding: task.deciding, isBest: learner.lastIsBest });
}

function isDue(
  { step, steps, validated }: TrainingState,
  { validateEvery, validation }: TrainOptions,
): boolean {
  if (validateEvery === undefined || !canValidate(validation)) return false;
  return step > 0 && steps % validateEvery === 0 && validated?.steps !== steps;
}

function canValidate(validation: EncodedSplit | undefined): validation is EncodedSplit {
  return validation !== undefined && exampleCount(validation) > 0;
}

/** Seconds from now on, added to those before. */
function stopwatch(before: number): () => number {
  const start = performance.now();
  return () => before + (performance.now() - start) / 1_000;
}

function meansOf({ examples, loss, counts }: EpochSums, task: Task): Figures {
  return { loss: loss / examples, ...task.figures(counts, examples) };
}
