import { type Tensor, tensor2d } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { PaddedBatch } from '../batches/pad-batch.js';
import { separateRuns } from '../batches/separate-runs.js';
import { wideLayerOf } from './wide-part.js';

/** A batch as a model reads it: as it is, or with the runs of tokens apart from the tokens. */
export function batchFor(model: LayersModel, batch: PaddedBatch): PaddedBatch {
  const wide = wideLayerOf(model);
  return wide && !batch.grams ? separateRuns(batch, wide.runIds) : batch;
}

/** A batch as the inputs of a model, by their names: `ids`, and for some models `counts`, `grams` or `features`. */
export function batchInputs(model: LayersModel, batch: PaddedBatch): Tensor | Tensor[] {
  const { ids, counts, grams, features, rows, time } = batchFor(model, batch);
  const makers: Record<string, () => Tensor> = {
    counts: () => tensor2d(counts!, [rows, time], 'int32'),
    grams: () => tensor2d(grams!.ids, [rows, grams!.columns], 'int32'),
    features: () => tensor2d(features!.values, [rows, features!.columns]),
  };
  const first = tensor2d(ids, [rows, time], 'int32');
  const others = model.inputNames.slice(1);
  return others.length === 0 ? first : [first, ...others.map((name) => makers[name]())];
}
