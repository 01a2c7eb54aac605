import type { Variable } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EncodedSplit } from '../batches/encoded-split.js';
import { padBatch } from '../batches/pad-batch.js';
import { shuffledBatches } from '../batches/shuffled-batches.js';
import { type LearningRateSchedule, rateAt } from '../optimizers/learning-rate.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import { Random, type RandomState } from '../random/random.js';
import type { LossSettings, Task } from '../tasks/task.js';
import type { GradientOptions } from './gradients.js';
import type { Learner } from './learner.js';
import { modelWeights, setModelWeights } from './model-weights.js';
import { makeTrainStep } from './train-step.js';

export interface GradientLearnerOptions extends Omit<GradientOptions, 'random'> {
  readonly task: Task;
  readonly training: EncodedSplit;
  /** How targets count; default: as they are. */
  readonly lossSettings?: LossSettings;
  /** Examples of a step. */
  readonly batchSize: number;
  /** Its learning rate at the start is what the schedule goes by. */
  readonly optimizer: Optimizer;
  /** Default: the same rate all along. */
  readonly schedule?: LearningRateSchedule;
  /** Decides what dropout drops. */
  readonly seed: number;
  /** Where a resumed training's dropout goes on. */
  readonly dropout?: RandomState;
}

/** Learns by the gradients of batches: the models that read in order. Disposes of model and optimizer in the end. */
export function gradientLearner(model: LayersModel, options: GradientLearnerOptions): Learner {
  const { task, training, lossSettings, batchSize, optimizer, schedule = { name: 'constant' } } = options;
  const { adversarial, rDrop } = options;
  const { targets, weights } = training;
  const base = optimizer.learningRate;
  const dropout = new Random(`dropout ${options.seed}`, options.dropout);
  const trainStep = makeTrainStep(model, { task, optimizer, random: dropout, adversarial, rDrop });
  const variables = () => model.trainableWeights.map((weight) => weight.read() as Variable);
  return {
    model,
    portions: (random) => shuffledBatches(training, { batchSize, random }),
    learn(examples, { step, totalSteps }) {
      optimizer.learningRate = rateAt(schedule, { step, totalSteps, base });
      return trainStep(padBatch(training, examples), { ...lossSettings, targets, examples, weights });
    },
    // A step changes the model's own weights.
    fillModel: () => {},
    isConverged: () => false,
    lastIsBest: false,
    get dropout() {
      return dropout.state;
    },
    snapshot: () => ({ weights: modelWeights(model), slots: optimizer.slots(variables()) }),
    async restore({ weights, slots }) {
      setModelWeights(model, weights);
      optimizer.setSlots(variables(), slots);
    },
    dispose() {
      optimizer.dispose();
      model.dispose();
    },
  };
}
