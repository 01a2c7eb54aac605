import { exampleCount } from '../batches/encoded-split.js';
import { buildModel } from '../model/build-model.js';
import { AveragedEmbeddingLearner } from './averaged-embedding-learner.js';
import { trainByExample } from './train-by-example.js';
import type { Trainer, TrainerOptions } from './trainer.js';
import type { TrainingState } from './training-state.js';

/** Trains fastText's model as fastText does, `training.epochs` times over all examples. `training.batchSize` has no say in it. */
export function averagedEmbeddingTrainer(options: TrainerOptions): Trainer {
  const { config, training, validation, signal } = options;
  const { seed } = config;
  const { epochs, optimizer } = config.training;
  const model = buildModel(config.model, { ...options, seed });
  return {
    model,
    train: (resume) => {
      const learner = new AveragedEmbeddingLearner(training, {
        model,
        learningRate: optimizer!.learningRate,
        totalExamples: epochs * exampleCount(training),
      });
      return trainByExample(learner, { model, training, validation, epochs, seed, resume, signal });
    },
    saveCheckpoint: (run, state) => {
      const weights = model.weights.map((weight) => ({ name: weight.originalName, tensor: weight.read() }));
      return run.writeCheckpoint({ weights, slots: [], state });
    },
    loadCheckpoint: async (run) => {
      const checkpoint = await run.readCheckpoint();
      if (!checkpoint) return undefined;
      const tensors = checkpoint.weights.map(({ tensor }) => tensor);
      model.setWeights(tensors);
      for (const tensor of tensors) tensor.dispose();
      return checkpoint.state as TrainingState;
    },
    dispose: () => model.dispose(),
  };
}
