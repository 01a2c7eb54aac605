import { initializers, input, type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { AveragedEmbeddingConfig } from '../config/schema.js';
import { Embedding } from '../layers/embedding.js';
import { MaskedAveragePooling1D } from '../layers/global-pooling.js';
import type { BuildOptions } from './build-options.js';
import { joinFeatures } from './joined-features.js';

/**
 * The mean of the vectors of an example's features -> Dense: fastText's model (Joulin et al. 2016), and its first weights:
 * vectors uniform in [-1 / units, 1 / units), the dense layer 0.
 *
 * @returns a model from ids [batch, features], int32 (and the numbers beside the texts, if there are any), to probabilities [batch, columns of the task]
 */
export function buildAveragedEmbedding(config: AveragedEmbeddingConfig, options: BuildOptions): LayersModel {
  const { units } = config.embedding;
  const ids = input({ shape: [null], dtype: 'int32', name: 'ids' });
  const vectors = new Embedding({
    name: 'embedding',
    inputDim: options.idCount,
    outputDim: units,
    maskZero: true,
    embeddingsInitializer: initializers.randomUniform({
      minval: -1 / units,
      maxval: 1 / units,
      seed: options.seed * 1_000,
    }),
  });
  const average = new MaskedAveragePooling1D({ name: 'average' });
  const ofText = average.apply(vectors.apply(ids)) as SymbolicTensor;
  const { inputs, features } = joinFeatures(ids, ofText, options);
  const outputs = options.task.head(features, { dropout: 0, kernelInitializer: 'zeros' });
  return model({ inputs, outputs });
}
