import { initializers, input, type LayersModel, layers, model } from '@tensorflow/tfjs-layers';
import type { ModelConfig, RecurrentLayerConfig } from '../config/schema.js';
import { GRU } from '../layers/gru.js';
import { Orthogonal } from '../layers/orthogonal.js';
import { registerLayers } from '../layers/register.js';
import type { BuildOptions } from './build-options.js';

export type { BuildOptions } from './build-options.js';

interface LayerOptions {
  name: string;
  returnSequences: boolean;
  seed: number;
}

/** Keras' defaults, spelled out: TF.js' own differ in the recurrent activation and the kernel's initializer. */
function recurrentLayer(config: RecurrentLayerConfig, { name, returnSequences, seed }: LayerOptions): GRU {
  if (config.cell !== 'gru') throw new Error(`no layer for ${config.cell} yet`);
  return new GRU({
    name,
    units: config.units,
    returnSequences,
    resetAfter: config.resetAfter,
    activation: 'tanh',
    recurrentActivation: 'sigmoid',
    kernelInitializer: initializers.glorotUniform({ seed }),
    recurrentInitializer: new Orthogonal({ seed: seed + 1 }) as never,
    biasInitializer: 'zeros',
  });
}

/**
 * Embedding (id 0 masked) -> recurrent layers -> Dense (lecture item 15).
 *
 * @returns a model from ids [batch, time], int32, to probabilities: [batch, 1] with a sigmoid for two labels,
 *   [batch, labels] with a softmax for more
 */
export function buildModel(config: ModelConfig, options: BuildOptions): LayersModel {
  if (config.type !== 'recurrent') throw new Error(`no model for ${config.type} yet`);
  registerLayers();
  // Each layer draws from its own seeds, so that none starts with the weights of another.
  let seed = options.seed * 1_000;
  const nextSeed = () => {
    seed += 10;
    return seed;
  };
  const ids = input({ shape: [null], dtype: 'int32', name: 'ids' });
  let values = layers
    .embedding({
      name: 'embedding',
      inputDim: options.idCount,
      outputDim: config.embedding.units,
      maskZero: true,
      embeddingsInitializer: initializers.randomUniform({ minval: -0.05, maxval: 0.05, seed: nextSeed() }),
    })
    .apply(ids);
  config.layers.forEach((layer, i) => {
    const name = `${layer.cell}_${i + 1}`;
    const returnSequences = i < config.layers.length - 1;
    values = recurrentLayer(layer, { name, returnSequences, seed: nextSeed() }).apply(values);
  });
  const binary = options.labelCount === 2;
  const output = layers
    .dense({
      name: 'label',
      units: binary ? 1 : options.labelCount,
      activation: binary ? 'sigmoid' : 'softmax',
      kernelInitializer: initializers.glorotUniform({ seed: nextSeed() }),
    })
    .apply(values);
  return model({ inputs: ids, outputs: output as ReturnType<typeof input> });
}
