import { input, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { RecurrentModelConfig } from '../config/schema.js';
import { WideLinear } from '../layers/wide-linear.js';
import type { BuildOptions } from './build-options.js';

/** Name of the model's input of an example's different features. */
const gramsInput = 'grams';

/** What the wide part of a model reads and gives. */
export interface WidePart {
  /** Ids [batch, features], int32: each feature of an example once, padded with 0. */
  readonly grams: SymbolicTensor;
  /** Its share of the logits [batch, columns of the task]. */
  readonly logits: SymbolicTensor;
}

/** The wide part that a config asks for; see `WideLinear`. Undefined where it asks for none. */
export function widePart(
  wide: RecurrentModelConfig['wide'],
  { idCount, runIds, task }: BuildOptions,
): WidePart | undefined {
  if (wide === 'none') return undefined;
  if (!runIds) throw new Error('A model with a wide part needs to know which ids stand for runs of tokens');
  const grams = input({ shape: [null], dtype: 'int32', name: gramsInput });
  const { weighting, dropout } = wide;
  const layer = new WideLinear({
    ...{ name: 'wide', idCount, units: task.columns, weighting, rate: dropout, runIds },
  });
  return { grams, logits: layer.apply(grams) as SymbolicTensor };
}

/** The layer of a model's wide part; undefined where it has none. */
export function wideLayerOf(model: LayersModel): WideLinear | undefined {
  return model.layers.find((layer) => layer instanceof WideLinear);
}
