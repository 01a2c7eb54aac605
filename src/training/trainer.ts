import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { EncodedSplit } from '../batches/encoded-split.js';
import type { Config } from '../config/schema.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { TrainEvent } from './train.js';
import type { TrainingState } from './training-state.js';

export interface TrainerOptions {
  config: Config;
  training: EncodedSplit;
  /** Held-out examples; without them the last epoch is the best. */
  validation: EncodedSplit;
  /** Rows of an embedding. */
  idCount: number;
  labelCount: number;
  /** Ends the training after the step that runs. */
  signal?: AbortSignal;
}

/** Trains one type of model. All of them report the same events, and leave the same kind of model. */
export interface Trainer {
  /** Holds the weights of the moment at each `epoch` event, and when the events have ended. */
  readonly model: LayersModel;
  /** @param resume what `loadCheckpoint` gave */
  train(resume?: TrainingState): AsyncGenerator<TrainEvent>;
  /** Keeps all that going on needs; only where the model holds the weights of the moment. */
  saveCheckpoint(run: RunFolder, state: TrainingState): Promise<void>;
  /** Takes back what the last checkpoint holds; `undefined` when there is none: the training then begins anew. */
  loadCheckpoint(run: RunFolder): Promise<TrainingState | undefined>;
  dispose(): void;
}
