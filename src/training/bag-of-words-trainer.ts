import { countFeatures } from '../batches/count-features.js';
import type { BagOfWordsConfig } from '../config/schema.js';
import { buildModel } from '../model/build-model.js';
import { BagOfWordsLearner } from './bag-of-words-learner.js';
import { trainByExample } from './train-by-example.js';
import type { Trainer, TrainerOptions } from './trainer.js';
import type { TrainingState } from './training-state.js';

/**
 * Solves a logistic regression on what examples hold: `training.epochs` rounds over all examples at most, fewer when the
 * optimum is reached. `training.optimizer` and `training.batchSize` have no say in it.
 */
export function bagOfWordsTrainer(options: TrainerOptions): Trainer {
  const { config, idCount, signal } = options;
  const modelConfig = config.model as BagOfWordsConfig;
  const model = buildModel(modelConfig, { ...options, seed: config.seed });
  const training = countFeatures(options.training);
  const validation = countFeatures(options.validation);
  const learner = new BagOfWordsLearner(training, { config: modelConfig, model, idCount });
  const { seed } = config;
  const { epochs } = config.training;
  return {
    model,
    train: (resume) =>
      trainByExample(learner, {
        ...{ model, training, validation, epochs, seed },
        ...{ lastIsBest: true, resume, signal },
      }),
    saveCheckpoint: async (run, state) => {
      const slots = learner.slots();
      try {
        await run.writeCheckpoint({ weights: [], slots, state });
      } finally {
        for (const { tensor } of slots) tensor.dispose();
      }
    },
    loadCheckpoint: async (run) => {
      const checkpoint = await run.readCheckpoint();
      if (!checkpoint) return undefined;
      learner.setSlots(checkpoint.slots);
      for (const { tensor } of checkpoint.slots) tensor.dispose();
      return checkpoint.state as TrainingState;
    },
    dispose: () => model.dispose(),
  };
}
