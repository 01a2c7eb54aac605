import type { ModelConfig, TrainedModelConfig } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';

/**
 * An ensemble has no weights of its own: nothing can be built of its config, or trained.
 *
 * @throws UserError for the config of an ensemble
 */
export function refuseEnsemble(model: ModelConfig): asserts model is TrainedModelConfig {
  if (model.type !== 'ensemble') return;
  throw new UserError(
    'model.type is ensemble, which cannot be trained: its members are.',
    'Train each member by a config of its own, then join their runs: imdb-rnn ensemble RUN RUN --name X.',
  );
}
