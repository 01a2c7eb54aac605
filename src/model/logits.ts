import { add, matMul, type Tensor2D } from '@tensorflow/tfjs-core';
import { type LayersModel, model as makeModel } from '@tensorflow/tfjs-layers';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';

/**
 * What a classifier computes before its last activation: losses are exact on logits, where a probability that has been
 * rounded to 0 or 1 has lost its gradient.
 *
 * @param model ends in a dense layer
 * @returns a function from ids [batch, time] to logits [batch, columns of the model's output]
 */
export function logitsOf(model: LayersModel): (ids: Tensor2D, kwargs: Kwargs) => Tensor2D {
  const head = model.layers[model.layers.length - 1];
  const features = makeModel({ inputs: model.inputs, outputs: head.input });
  const [kernel, bias] = head.trainableWeights;
  return (ids, kwargs) => {
    const values = features.apply(ids, kwargs) as Tensor2D;
    return add(matMul(values, kernel.read() as Tensor2D), bias.read());
  };
}
