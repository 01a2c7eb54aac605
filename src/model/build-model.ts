import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelConfig } from '../config/schema.js';
import { registerLayers } from '../layers/register.js';
import { buildAveragedEmbedding } from './build-averaged-embedding.js';
import { buildBagOfWords } from './build-bag-of-words.js';
import { buildConvolution } from './build-convolution.js';
import type { BuildOptions } from './build-options.js';
import { buildRecurrent } from './build-recurrent.js';
import { checkSize } from './check-size.js';
import { refuseEnsemble } from './refuse-ensemble.js';

export type { BuildOptions } from './build-options.js';

/**
 * The classifier that a config describes, with its initial weights.
 *
 * @returns a model from ids [batch, time], int32 (and their counts, for a bag of words; and the numbers beside the
 *   texts, float32 [batch, columns], where there are any), to probabilities [batch, columns of the task]
 * @throws UserError where its weights do not fit into memory, and for an ensemble, which has none
 */
export function buildModel(config: ModelConfig, options: BuildOptions): LayersModel {
  checkSize(config, options);
  refuseEnsemble(config);
  registerLayers();
  switch (config.type) {
    case 'recurrent':
      return buildRecurrent(config, options);
    case 'conv1d':
      return buildConvolution(config, options);
    case 'averagedEmbedding':
      return buildAveragedEmbedding(config, options);
    case 'bagOfWords':
      return buildBagOfWords(config, options);
  }
}
