import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { AddLogits } from '../layers/add-logits.js';
import { Dropout } from '../layers/dropout.js';
import type { HeadOptions } from './task.js';

export interface LabelLayerOptions extends HeadOptions {
  readonly columns: number;
  readonly activation: 'sigmoid' | 'softmax';
}

/** The last layers of a classifier: features `[batch, n]` to probabilities `[batch, columns]` (lecture item 4). */
export function labelLayer(
  features: SymbolicTensor,
  { columns, activation, dropout, kernelInitializer, wide }: LabelLayerOptions,
): SymbolicTensor {
  const kept = dropout === 0 ? features : new Dropout({ name: 'dropout', rate: dropout }).apply(features);
  const dense = { name: 'label', units: columns, kernelInitializer };
  if (!wide) return layers.dense({ ...dense, activation }).apply(kept) as SymbolicTensor;
  const logits = layers.dense(dense).apply(kept) as SymbolicTensor;
  return new AddLogits({ name: 'probabilities', activation }).apply([logits, wide]) as SymbolicTensor;
}
