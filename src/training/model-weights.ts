import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NamedTensor } from '../runs/checkpoint-files.js';

/** All weights of a model, the fixed ones included; the caller disposes of the tensors. */
export function modelWeights(model: LayersModel): NamedTensor[] {
  return model.weights.map((weight) => ({ name: weight.originalName, tensor: weight.read().clone() }));
}

/** Takes back what {@link modelWeights} gave. */
export function setModelWeights(model: LayersModel, weights: readonly NamedTensor[]): void {
  model.setWeights(weights.map(({ tensor }) => tensor));
}
