import { add, matMul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { type LayersModel, model as makeModel } from '@tensorflow/tfjs-layers';
import type { Layer } from '@tensorflow/tfjs-layers/dist/engine/topology.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { singleTensor } from '../layers/single-tensor.js';

/**
 * What a classifier computes before its last activation: losses are exact on logits, where a probability that has been
 * rounded to 0 or 1 has lost its gradient.
 *
 * @param model ends in a dense layer
 * @returns a function from the model's inputs (ids [batch, time], or a list of all) to logits [batch, columns of the model's
 *   output]
 */
export function logitsOf(model: LayersModel): (inputs: Tensor | Tensor[], kwargs: Kwargs) => Tensor2D {
  const head = model.layers[model.layers.length - 1];
  const [kernel, bias] = head.trainableWeights;
  const chain = model.inputs.length === 1 ? chainOf(model.layers.slice(1, -1)) : undefined;
  const featuresOf = chain ?? graphTo(model, head);
  return (inputs, kwargs) => {
    const values = featuresOf(inputs, kwargs) as Tensor2D;
    return add(matMul(values, kernel.read() as Tensor2D), bias.read());
  };
}

type Features = (inputs: Tensor | Tensor[], kwargs: Kwargs) => Tensor;

function graphTo(model: LayersModel, head: Layer): Features {
  const features = makeModel({ inputs: model.inputs, outputs: head.input });
  return (inputs, kwargs) => features.apply(inputs, kwargs) as Tensor;
}

/**
 * The layers called one after another, where each reads what the one before it gives: TF.js' walk through a graph takes a
 * tenth of a millisecond a step for what it checks. Undefined where the layers are no chain.
 */
function chainOf(layers: readonly Layer[]): Features | undefined {
  const isChain = layers.every((layer, i) => {
    if (layer.inboundNodes.length !== 1) return false;
    const { inboundLayers } = layer.inboundNodes[0];
    return inboundLayers.length === 1 && (i === 0 || inboundLayers[0] === layers[i - 1]);
  });
  if (!isChain) return undefined;
  return (ids, kwargs) => {
    let values = singleTensor(ids);
    let mask: Tensor | undefined;
    for (const layer of layers) {
      const inputs = values;
      values = layer.call(inputs, mask ? { ...kwargs, mask } : kwargs) as Tensor;
      mask = (layer.computeMask(inputs, mask) ?? undefined) as Tensor | undefined;
    }
    return values;
  };
}
