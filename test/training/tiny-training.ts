import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EncodedSplit } from '../../src/batches/encoded-split.js';
import { createLearner } from '../../src/training/create-learner.js';
import type { Learner, Snapshot } from '../../src/training/learner.js';
import { type TrainEvent, type TrainOptions, train } from '../../src/training/train.js';
import type { TrainingState } from '../../src/training/training-state.js';
import { numbersOf } from '../runs/tiny-run.js';
import { idCount, learningConfig } from './tiny-data.js';
import { tinyTask } from './tiny-task.js';

export interface TinyTraining {
  readonly learner: Learner;
  readonly model: LayersModel;
  readonly events: TrainEvent[];
  /** The model's weights at the end of each epoch. */
  readonly weights: number[][][];
  /** Where it stands after the last event that tells it. */
  state?: TrainingState;
}

export interface TinyOptions extends Partial<TrainOptions> {
  /** `training` of the config. */
  readonly settings: object;
  /** Where an earlier training stopped; its tensors stay the caller's. */
  readonly from?: { readonly snapshot: Snapshot; readonly state: TrainingState };
  readonly onEvent?: (event: TrainEvent, learner: Learner) => void;
}

/** Trains what a config describes, from its start or from where another training stopped. The caller disposes of the learner. */
export async function tinyTraining(training: EncodedSplit, options: TinyOptions): Promise<TinyTraining> {
  const { settings, from, onEvent, ...rest } = options;
  const config = learningConfig(settings);
  const task = tinyTask();
  const dropout = from?.state.dropout;
  const learner = await createLearner({ config, task, training, idCount, dropout });
  if (from) await learner.restore(from.snapshot);
  const trained: TinyTraining = { learner, model: learner.model, events: [], weights: [] };
  const { batchSize, epochs } = config.training;
  for await (const event of train(learner, {
    task,
    epochs,
    batchSize,
    seed: 1,
    resume: from?.state,
    ...rest,
  })) {
    trained.events.push(event);
    if (event.type !== 'validation') trained.state = event.state;
    if (event.type === 'epoch') trained.weights.push(numbersOf(trained.model));
    onEvent?.(event, learner);
  }
  return trained;
}
