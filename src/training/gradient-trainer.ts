import { buildModel } from '../model/build-model.js';
import { Adam } from '../optimizers/adam.js';
import { loadCheckpoint, saveCheckpoint } from './checkpoint.js';
import { train } from './train.js';
import type { Trainer, TrainerOptions } from './trainer.js';

/** Trains by the gradients of batches, with Adam: the models that read in order. */
export function gradientTrainer(options: TrainerOptions): Trainer {
  const { config, training, validation, signal } = options;
  const { optimizer: optimizerConfig } = config.training;
  if (optimizerConfig.name !== 'adam') throw new Error(`no gradient training with ${optimizerConfig.name}`);
  const model = buildModel(config.model, { ...options, seed: config.seed });
  const optimizer = new Adam(optimizerConfig);
  return {
    model,
    train: (resume) =>
      train(model, {
        ...{ training, validation, config: config.training, optimizer },
        ...{ seed: config.seed, signal, resume },
      }),
    saveCheckpoint: (run, state) => saveCheckpoint(run, { model, optimizer, state }),
    loadCheckpoint: (run) => loadCheckpoint(run, { model, optimizer }),
    dispose: () => {
      optimizer.dispose();
      model.dispose();
    },
  };
}
