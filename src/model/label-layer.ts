import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { DenseLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/core.js';
import { Dropout } from '../layers/dropout.js';

/**
 * The last layers of a classifier: features [batch, n] to probabilities, [batch, 1] with a sigmoid for two labels,
 * [batch, labels] with a softmax for more (lecture item 4).
 */
export function labelLayer(
  features: SymbolicTensor,
  options: { labelCount: number; dropout: number; kernelInitializer: DenseLayerArgs['kernelInitializer'] },
): SymbolicTensor {
  const { labelCount, dropout, kernelInitializer } = options;
  const binary = labelCount === 2;
  const kept = dropout === 0 ? features : new Dropout({ name: 'dropout', rate: dropout }).apply(features);
  return layers
    .dense({
      name: 'label',
      units: binary ? 1 : labelCount,
      activation: binary ? 'sigmoid' : 'softmax',
      kernelInitializer,
    })
    .apply(kept) as SymbolicTensor;
}
