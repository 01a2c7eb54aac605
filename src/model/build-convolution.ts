import { initializers, type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { ConvolutionModelConfig } from '../config/schema.js';
import { MaskedConv1D } from '../layers/conv1d.js';
import { type BuildOptions, seedSequence } from './build-options.js';
import { embeddedIds } from './embedded-ids.js';
import { joinFeatures } from './joined-features.js';
import { poolStates } from './pool-states.js';

/**
 * Embedding (id 0 masked) -> MaskedConv1D (relu) -> maximum over time -> Dense, as in Kim 2014 and tfjs-examples' `cnn`.
 *
 * @returns a model from ids [batch, time], int32 (and the numbers beside the texts, if there are any), to probabilities [batch, columns of the task]
 */
export function buildConvolution(config: ConvolutionModelConfig, options: BuildOptions): LayersModel {
  const { idCount, task } = options;
  const { embedding, filters, kernelSize, dropout } = config;
  const nextSeed = seedSequence(options.seed);
  const { ids, vectors } = embeddedIds({ ...embedding, idCount, seed: nextSeed() });
  const convolution = new MaskedConv1D({
    name: 'conv1d',
    filters,
    kernelSize,
    activation: 'relu',
    kernelInitializer: initializers.glorotUniform({ seed: nextSeed() }),
  });
  const windows = convolution.apply(vectors) as SymbolicTensor;
  const ofText = poolStates(windows, 'max', { nextSeed });
  const { inputs, features } = joinFeatures(ids, ofText, options);
  const outputs = task.head(features, {
    dropout,
    kernelInitializer: initializers.glorotUniform({ seed: nextSeed() }),
  });
  return model({ inputs, outputs });
}
