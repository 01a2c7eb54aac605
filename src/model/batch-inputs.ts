import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { PaddedBatch } from '../batches/pad-batch.js';

/** A batch as the inputs of a model, by their names: `ids`, and for some models `counts` or `features`. */
export function batchInputs(model: LayersModel, batch: PaddedBatch): Tensor | Tensor[] {
  const { ids, counts, features, rows, time } = batch;
  const makers: Record<string, () => Tensor> = {
    counts: () => tensor2d(counts!, [rows, time], 'int32'),
    features: () => tensor2d(features!.values, [rows, features!.columns]),
  };
  const first = tensor2d(ids, [rows, time], 'int32');
  const others = model.inputNames.slice(1);
  return others.length === 0 ? first : [first, ...others.map((name) => makers[name]())];
}
