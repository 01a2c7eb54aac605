import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { Dropout } from '../layers/dropout.js';
import type { HeadOptions } from './task.js';

export interface LabelLayerOptions extends HeadOptions {
  readonly columns: number;
  readonly activation: 'sigmoid' | 'softmax';
}

/** The last layers of a classifier: features `[batch, n]` to probabilities `[batch, columns]` (lecture item 4). */
export function labelLayer(
  features: SymbolicTensor,
  { columns, activation, dropout, kernelInitializer }: LabelLayerOptions,
): SymbolicTensor {
  const kept = dropout === 0 ? features : new Dropout({ name: 'dropout', rate: dropout }).apply(features);
  return layers
    .dense({ name: 'label', units: columns, activation, kernelInitializer })
    .apply(kept) as SymbolicTensor;
}
