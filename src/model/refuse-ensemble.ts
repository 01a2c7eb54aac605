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
    'model.type is ensemble, which has no weights of its own: its members are trained.',
    '`imdb-rnn train` trains one by the configs of its members; `imdb-rnn ensemble` joins runs.',
  );
}
