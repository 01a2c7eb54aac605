import { add, matMul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { type LayersModel, model as makeModel } from '@tensorflow/tfjs-layers';
import type { Layer } from '@tensorflow/tfjs-layers/dist/engine/topology.js';
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
  const [kernel, bias] = head.trainableWeights;
  const featuresOf = chainOf(model.layers.slice(1, -1)) ?? graphTo(model, head);
  return (ids, kwargs) => {
    const values = featuresOf(ids, kwargs) as Tensor2D;
    return add(matMul(values, kernel.read() as Tensor2D), bias.read());
  };
}

type Features = (ids: Tensor2D, kwargs: Kwargs) => Tensor;

function graphTo(model: LayersModel, head: Layer): Features {
  const features = makeModel({ inputs: model.inputs, outputs: head.input });
  return (ids, kwargs) => features.apply(ids, kwargs) as Tensor;
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
    let values: Tensor = ids;
    let mask: Tensor | undefined;
    for (const layer of layers) {
      const inputs = values;
      values = layer.call(inputs, mask ? { ...kwargs, mask } : kwargs) as Tensor;
      mask = (layer.computeMask(inputs, mask) ?? undefined) as Tensor | undefined;
    }
    return values;
  };
}
