import { add, matMul, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, model as makeModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Layer } from '@tensorflow/tfjs-layers/dist/engine/topology.js';
import type { Kwargs } from '@tensorflow/tfjs-layers/dist/types.js';
import { AddLogits } from '../layers/add-logits.js';
import { singleTensor } from '../layers/single-tensor.js';

/**
 * What a classifier computes before its last activation: losses are exact on logits, where a probability that has been
 * rounded to 0 or 1 has lost its gradient.
 *
 * @param model ends in a dense layer, or in `AddLogits`
 * @returns a function from the model's inputs (ids [batch, time], or a list of all) to logits [batch, columns of the model's
 *   output]
 */
export function logitsOf(model: LayersModel): (inputs: Tensor | Tensor[], kwargs: Kwargs) => Tensor2D {
  const head = model.layers[model.layers.length - 1];
  if (head instanceof AddLogits) {
    const partsOf = graphTo<Tensor[]>(model, head);
    return (inputs, kwargs) => head.logits(partsOf(inputs, kwargs));
  }
  const [kernel, bias] = head.trainableWeights;
  const chain = model.inputs.length === 1 ? chainOf(model.layers.slice(1, -1)) : undefined;
  const featuresOf = chain ?? graphTo<Tensor>(model, head);
  return (inputs, kwargs) => {
    const values = featuresOf(inputs, kwargs) as Tensor2D;
    return add(matMul(values, kernel.read() as Tensor2D), bias.read());
  };
}

/** What the last layer of a model reads: features [batch, n], with the logits of a wide part as columns behind them. */
export function lastFeatures(model: LayersModel): SymbolicTensor {
  const head = model.layers[model.layers.length - 1];
  if (!(head instanceof AddLogits)) return head.input as SymbolicTensor;
  const [dense] = head.inboundNodes[0].inboundLayers;
  const [, wide] = head.input as SymbolicTensor[];
  return layers.concatenate().apply([dense.input as SymbolicTensor, wide]) as SymbolicTensor;
}

type Features<Given = Tensor> = (inputs: Tensor | Tensor[], kwargs: Kwargs) => Given;

/** What a layer reads, computed by all that stands before it. */
function graphTo<Given extends Tensor | Tensor[]>(model: LayersModel, head: Layer): Features<Given> {
  const features = makeModel({ inputs: model.inputs, outputs: head.input });
  return (inputs, kwargs) => features.apply(inputs, kwargs) as Given;
}

/**
 * The layers called one after another, where each reads what the one before it gives: TF.js' walk through a graph takes a
 * tenth of a millisecond a step for what it checks. Undefined where the layers are no chain.
 */
function chainOf(chain: readonly Layer[]): Features | undefined {
  const isChain = chain.every((layer, i) => {
    if (layer.inboundNodes.length !== 1) return false;
    const { inboundLayers } = layer.inboundNodes[0];
    return inboundLayers.length === 1 && (i === 0 || inboundLayers[0] === chain[i - 1]);
  });
  if (!isChain) return undefined;
  return (ids, kwargs) => {
    let values = singleTensor(ids);
    let mask: Tensor | undefined;
    for (const layer of chain) {
      const inputs = values;
      values = layer.call(inputs, mask ? { ...kwargs, mask } : kwargs) as Tensor;
      mask = (layer.computeMask(inputs, mask) ?? undefined) as Tensor | undefined;
    }
    return values;
  };
}
