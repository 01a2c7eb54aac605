import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Layer } from '@tensorflow/tfjs-layers/dist/engine/topology.js';
import { UserError } from '../errors/user-error.js';
import type { CarryOptions, LayerWeights } from './carry-options.js';
import { carryWide } from './carry-wide.js';
import { tableRows } from './table-rows.js';
import { wideLayerOf } from './wide-part.js';

/** Copies of a model's weights by layer, of the layers that have some. */
export function layerWeights(model: LayersModel): LayerWeights[] {
  return deepThenWide(model).map((layer) => ({
    kind: layer.getClassName(),
    name: layer.name,
    weights: layer.weights.map((weight) => {
      const value = weight.read();
      return { shape: value.shape, values: value.dataSync<'float32'>().slice() };
    }),
  }));
}

/**
 * Gives a model the weights of one that was built in the same way for fewer words and labels: vectors by their ids, the last layer
 * as its task has it, a wide part as both, all else as it was.
 *
 * @param former what {@link layerWeights} gave
 * @throws UserError when the two are not built alike
 */
export function carryWeights(
  model: LayersModel,
  former: readonly LayerWeights[],
  { formerIds, growHead }: CarryOptions,
): void {
  const layers = deepThenWide(model);
  const wide = wideLayerOf(model);
  const head = layers.length - (wide ? 2 : 1);
  if (layers.length !== former.length) throw builtOtherwise(`${former.length} layers -> ${layers.length}`);
  layers.forEach((layer, place) => {
    const from = former[place];
    const shapes = layer.weights.map(({ shape }) => shape as number[]);
    const own = layer === wide ? layer.weights[1]?.read().dataSync<'float32'>() : undefined;
    // Beside a wide part the embedding has no rows for runs of tokens, whose ids are the last where there can be new words.
    const rows = hasRowsOfIds(layer.getClassName()) && wide ? formerIds.subarray(0, shapes[0][0]) : formerIds;
    const arrays =
      layer === wide && from.kind === layer.getClassName()
        ? carryWide(from, { formerIds, growHead, own, columns: wide.units })
        : carried(from, layer, { formerIds: rows, grow: place === head ? growHead : undefined });
    const fits =
      layer.getClassName() === from.kind &&
      shapes.length === arrays.length &&
      shapes.every(
        (shape, index) =>
          sizeOf(shape) === arrays[index].length && (layer === wide || fitsBehind(shape, from, index)),
      );
    if (!fits) throw builtOtherwise(`${from.name} (${from.kind}) -> ${layer.name} (${layer.getClassName()})`);
    tidy(() => layer.setWeights(arrays.map((values, index) => tensor(values, shapes[index]))));
  });
}

/** The layers that have weights, that of a wide part behind the last one of the rest. */
function deepThenWide(model: LayersModel): Layer[] {
  const wide = wideLayerOf(model);
  const layers = model.layers.filter((layer) => layer !== wide && layer.weights.length > 0);
  return wide ? [...layers, wide] : layers;
}

function carried(
  { kind, weights }: LayerWeights,
  layer: Layer,
  { formerIds, grow }: Pick<CarryOptions, 'formerIds'> & { readonly grow?: CarryOptions['growHead'] },
): Float32Array[] {
  const values = weights.map((weight) => weight.values);
  if (hasRowsOfIds(kind)) {
    const rows = (index: number) => tableRows(values[index], weights[index].shape[1], formerIds);
    // Runs and their vectors stay as they are: new words take over the keys by which runs know ids.
    return values.length === 1 ? [rows(0)] : [rows(0), values[1], rows(2), values[3]];
  }
  if (!grow) return values;
  const fresh = layer.weights[0].read().dataSync<'float32'>().slice();
  const { kernel, bias } = grow({ kernel: values[0], bias: values[1] }, fresh);
  return [kernel, bias];
}

const hasRowsOfIds = (kind: string) => kind === 'Embedding' || kind === 'NgramEmbedding';

const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

/** A table grows by rows, a last layer by columns; where neither is so, the shape is the former one. */
function fitsBehind(shape: readonly number[], { weights }: LayerWeights, index: number): boolean {
  const before = weights[index].shape;
  if (shape.length !== before.length) return false;
  return shape.filter((size, axis) => size !== before[axis]).length <= 1;
}

function builtOtherwise(what: string): UserError {
  return new UserError(
    `The model of these settings is built otherwise than the one that it is to go on from: ${what}.`,
    'Leave `model` as it is in the former run, or train anew.',
  );
}
