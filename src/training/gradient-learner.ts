import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EncodedSplit } from '../batches/encoded-split.js';
import { type PaddedBatch, padBatch } from '../batches/pad-batch.js';
import { shuffledBatches } from '../batches/shuffled-batches.js';
import { constantRate, type LearningRateSchedule, rateAt } from '../optimizers/learning-rate.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import { type AverageSettings, averageWeights } from '../optimizers/weight-average.js';
import { Random, type RandomState } from '../random/random.js';
import type { ChosenTargets, LossSettings, Task } from '../tasks/task.js';
import type { GradientOptions } from './gradients.js';
import type { Learner, StepPlace, StepResult } from './learner.js';
import { modelWeights, setModelWeights } from './model-weights.js';
import { notFinitePlace } from './not-finite.js';
import { makeAccumulatedStep, makeTrainStep } from './train-step.js';
import type { UpdateSettings } from './update-weights.js';

export interface GradientLearnerOptions extends Omit<GradientOptions, 'random'> {
  readonly task: Task;
  readonly training: EncodedSplit;
  /** How targets count; default: as they are. */
  readonly lossSettings?: LossSettings;
  /** Examples of a batch. */
  readonly batchSize: number;
  /** Instead of that: positions of a batch, padding included, at most; default: `none`. */
  readonly batchTokens?: number | 'none';
  /** Batches whose gradients make one step; default 1. */
  readonly accumulate?: number;
  /** Its learning rate at the start is what the schedule goes by. */
  readonly optimizer: Optimizer;
  /** Default: the same rate all along. */
  readonly schedule?: LearningRateSchedule;
  /** The rate of each step, whatever the schedule says. */
  readonly rate?: (place: StepPlace) => number;
  /** What an update does beside the optimizer; default: nothing. */
  readonly update?: UpdateSettings;
  /** Which mean of the weights the model is filled with; default: none, but the weights as they are. */
  readonly average?: AverageSettings;
  /** Decides what dropout drops. */
  readonly seed: number;
  /** Where a resumed training's dropout goes on. */
  readonly dropout?: RandomState;
}

/** What the names of an average's slots begin with in a snapshot, beside those of the optimizer. */
const averagePrefix = 'average/';

/**
 * Learns by the gradients of batches: the models that read in order. A step may go over several batches, and is never left
 * half done. Disposes of model and optimizer in the end.
 */
export function gradientLearner(model: LayersModel, options: GradientLearnerOptions): Learner {
  const { task, training, lossSettings, batchSize, batchTokens = 'none', optimizer, update } = options;
  const { accumulate = 1, schedule = constantRate, adversarial, rDrop } = options;
  const { targets, weights } = training;
  const base = optimizer.learningRate;
  const { rate = (place: StepPlace) => rateAt(schedule, { ...place, base }) } = options;
  const dropout = new Random(`dropout ${options.seed}`, options.dropout);
  const stepOptions = { task, optimizer, random: dropout, update, adversarial, rDrop };
  const trainStep = makeTrainStep(model, stepOptions);
  const accumulatedStep = makeAccumulatedStep(model, stepOptions);
  const variables = model.trainableWeights.map((weight) => weight.read() as Variable);
  const average = options.average && averageWeights(variables, options.average);
  const read = (examples: Int32Array): [PaddedBatch, ChosenTargets] => [
    padBatch(training, examples),
    { ...lossSettings, targets, examples, weights },
  ];
  let lastOfEpoch: Int32Array | undefined;
  return {
    model,
    portions(random) {
      const tokens = batchTokens === 'none' ? {} : { batchTokens: batchTokens * accumulate };
      const portions = shuffledBatches(training, { batchSize: batchSize * accumulate, random, ...tokens });
      lastOfEpoch = portions.at(-1);
      return portions;
    },
    learn(examples, place) {
      average?.hide();
      const learningRate = rate(place);
      optimizer.learningRate = learningRate;
      const noted = (result: StepResult): StepResult => {
        average?.note({ ...place, endsEpoch: examples === lastOfEpoch });
        return { ...result, learningRate };
      };
      if (accumulate === 1) return noted(trainStep(...read(examples)));
      const size = batchTokens === 'none' ? batchSize : Math.ceil(examples.length / accumulate);
      return accumulatedStep(batchesOf(examples, size), read).then(noted);
    },
    whereNotFinite: (examples) => notFinitePlace(model, padBatch(training, examples)),
    // Without an average a step has changed the model's own weights.
    fillModel: () => average?.show(),
    isConverged: () => false,
    lastIsBest: false,
    get dropout() {
      return dropout.state;
    },
    snapshot() {
      const wasShown = average?.hide();
      const ofAverage = average?.slots() ?? [];
      const slots = [
        ...optimizer.slots(variables),
        ...ofAverage.map(({ name, tensor }) => ({ name: `${averagePrefix}${name}`, tensor })),
      ];
      const snapshot = { weights: modelWeights(model), slots };
      if (wasShown) average?.show();
      return snapshot;
    },
    async restore({ weights, slots }) {
      average?.hide();
      setModelWeights(model, weights);
      const isOfAverage = ({ name }: { name: string }) => name.startsWith(averagePrefix);
      optimizer.setSlots(
        variables,
        slots.filter((slot) => !isOfAverage(slot)),
      );
      const ofAverage = slots.filter(isOfAverage);
      average?.setSlots(
        ofAverage.map(({ name, tensor }) => ({ name: name.slice(averagePrefix.length), tensor })),
      );
    },
    dispose() {
      average?.dispose();
      optimizer.dispose();
      model.dispose();
    },
  };
}

function batchesOf(examples: Int32Array, batchSize: number): Int32Array[] {
  const count = Math.ceil(examples.length / batchSize);
  return Array.from({ length: count }, (_, i) => examples.subarray(i * batchSize, (i + 1) * batchSize));
}
