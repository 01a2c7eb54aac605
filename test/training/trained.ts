import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterEach } from 'vitest';
import type { EncodedSplit } from '../../src/batches/encoded-split.js';
import { buildModel } from '../../src/model/build-model.js';
import { Adam } from '../../src/optimizers/adam.js';
import { monitor } from '../../src/tasks/monitor.js';
import { gradientLearner } from '../../src/training/gradient-learner.js';
import type { Learner, Snapshot } from '../../src/training/learner.js';
import { type TrainEvent, type TrainOptions, train } from '../../src/training/train.js';
import type { TrainingState } from '../../src/training/training-state.js';
import { numbersOf } from '../runs/tiny-run.js';
import { idCount, learningConfig } from './tiny-data.js';
import { tinyTask } from './tiny-task.js';

const made: { dispose(): unknown }[] = [];
afterEach(() => {
  for (const each of made.splice(0)) each.dispose();
});

export interface Trained {
  events: TrainEvent[];
  model: LayersModel;
  /** Weights at the end of each epoch. */
  weights: number[][][];
}

type Steps = Extract<TrainEvent, { type: 'step' }>[];
type Validations = Extract<TrainEvent, { type: 'validated' }>[];
type Epochs = Extract<TrainEvent, { type: 'epoch' }>[];
export const stepsOf = ({ events }: Trained) => events.filter((event) => event.type === 'step') as Steps;
export const validationsOf = ({ events }: Trained) =>
  events.filter((event) => event.type === 'validated') as Validations;
export const epochsOf = ({ events }: Trained) => events.filter((event) => event.type === 'epoch') as Epochs;

interface TrainingOptions extends Partial<TrainOptions> {
  /** Below `training` of the config. */
  readonly settings?: object;
  readonly labelCount?: number;
  /** Name of the figure that decides. */
  readonly monitored?: string;
  /** Where another training stopped. */
  readonly from?: { readonly snapshot: Snapshot; readonly state: TrainingState };
}

/** Trains a tiny model to its end, and keeps all that happened. */
export async function training(
  data: EncodedSplit,
  { settings = {}, labelCount = 2, seed = 1, monitored = 'auto', from, ...options }: TrainingOptions = {},
  onEvent: (event: TrainEvent, learner: Learner) => void = () => {},
): Promise<Trained> {
  const config = learningConfig(settings, seed);
  const task = monitor(tinyTask(labelCount), monitored);
  const model = buildModel(config.model, { idCount, task, seed });
  const optimizer = new Adam(config.training.optimizer);
  const { batchSize, batchTokens, epochs, schedule: named } = config.training;
  const schedule = named === 'auto' ? undefined : named;
  const learner = gradientLearner(model, {
    ...{ task, training: data, batchSize, batchTokens, optimizer, schedule, seed },
    dropout: from?.state.dropout,
  });
  made.push(learner);
  if (from) await learner.restore(from.snapshot);
  const trained: Trained = { events: [], model, weights: [] };
  for await (const event of train(learner, {
    task,
    epochs,
    batchSize,
    seed,
    resume: from?.state,
    ...options,
  })) {
    trained.events.push(event);
    if (event.type === 'epoch') trained.weights.push(numbersOf(model));
    onEvent(event, learner);
  }
  return trained;
}
