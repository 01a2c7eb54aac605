import type { Config } from '../config/schema.js';
import type { TrainOptions } from './train.js';

/** What of a config the loop over epochs goes by. */
export function loopOptions({
  seed,
  training,
}: Pick<Config, 'seed' | 'training'>): Omit<TrainOptions, 'task' | 'validation' | 'resume' | 'signal'> {
  const { epochs, steps, minutes, batchSize, validateEvery, earlyStopping } = training;
  return {
    ...{ seed, epochs, batchSize },
    ...(steps !== 'none' && { steps }),
    ...(minutes !== 'none' && { minutes }),
    ...(validateEvery !== 'epoch' && { validateEvery }),
    ...(earlyStopping !== 'none' && { earlyStopping }),
  };
}
