import type { ModelType } from '../config/schema.js';
import { averagedEmbeddingTrainer } from './averaged-embedding-trainer.js';
import { bagOfWordsTrainer } from './bag-of-words-trainer.js';
import { gradientTrainer } from './gradient-trainer.js';
import type { Trainer, TrainerOptions } from './trainer.js';

const trainers = {
  recurrent: gradientTrainer,
  conv1d: gradientTrainer,
  averagedEmbedding: averagedEmbeddingTrainer,
  bagOfWords: bagOfWordsTrainer,
} satisfies Record<ModelType, (options: TrainerOptions) => Trainer | Promise<Trainer>>;

/** The trainer of a config's type of model, with a new model. */
export async function makeTrainer(options: TrainerOptions): Promise<Trainer> {
  return trainers[options.config.model.type](options);
}
