import { buildModel } from '../model/build-model.js';
import { makeOptimizer } from '../optimizers/optimizer-table.js';
import { loadCheckpoint, saveCheckpoint } from './checkpoint.js';
import { train } from './train.js';
import type { Trainer, TrainerOptions } from './trainer.js';

/** Trains by the gradients of batches: the models that read in order. */
export async function gradientTrainer(options: TrainerOptions): Promise<Trainer> {
  const { config, training, validation, signal } = options;
  const model = buildModel(config.model, { ...options, seed: config.seed });
  const optimizer = await makeOptimizer(config.training.optimizer);
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
