import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { UserError } from '../errors/user-error.js';
import type { HeadWeights } from '../tasks/head-weights.js';

/** The weights of a layer, apart from any backend. */
export interface LayerWeights {
  readonly kind: string;
  readonly name: string;
  readonly weights: readonly { readonly shape: readonly number[]; readonly values: Float32Array }[];
}

export interface CarryOptions {
  /** `[idCount]`: for each id of the model the former one whose vector it begins with. */
  readonly formerIds: Int32Array;
  /** Makes the weights of the last layer from the former ones and its kernel as it was built. */
  readonly growHead: (former: HeadWeights, fresh: Float32Array) => HeadWeights;
}

/** Copies of a model's weights by layer, of the layers that have some. */
export function layerWeights(model: LayersModel): LayerWeights[] {
  return model.layers
    .filter(({ weights }) => weights.length > 0)
    .map((layer) => ({
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
 * as its task has it, all else as it was.
 *
 * @param former what {@link layerWeights} gave
 * @throws UserError when the two are not built alike
 */
export function carryWeights(
  model: LayersModel,
  former: readonly LayerWeights[],
  { formerIds, growHead }: CarryOptions,
): void {
  const layers = model.layers.filter(({ weights }) => weights.length > 0);
  if (layers.length !== former.length) throw builtOtherwise(`${former.length} layers -> ${layers.length}`);
  layers.forEach((layer, place) => {
    const from = former[place];
    const shapes = layer.weights.map(({ shape }) => shape as number[]);
    const grow = place === layers.length - 1 ? growHead : undefined;
    const arrays = carried(from, layer, { formerIds, grow });
    const fits =
      layer.getClassName() === from.kind &&
      shapes.length === arrays.length &&
      shapes.every(
        (shape, index) => sizeOf(shape) === arrays[index].length && fitsBehind(shape, from, index),
      );
    if (!fits) throw builtOtherwise(`${from.name} (${from.kind}) -> ${layer.name} (${layer.getClassName()})`);
    tidy(() => layer.setWeights(arrays.map((values, index) => tensor(values, shapes[index]))));
  });
}

function carried(
  { kind, weights }: LayerWeights,
  layer: LayersModel['layers'][number],
  { formerIds, grow }: Pick<CarryOptions, 'formerIds'> & { readonly grow?: CarryOptions['growHead'] },
): Float32Array[] {
  const values = weights.map((weight) => weight.values);
  if (kind === 'Embedding') return [rowsOf(values[0], weights[0].shape[1], formerIds)];
  if (!grow) return values;
  const fresh = layer.weights[0].read().dataSync<'float32'>().slice();
  const { kernel, bias } = grow({ kernel: values[0], bias: values[1] }, fresh);
  return [kernel, bias];
}

function rowsOf(table: Float32Array, units: number, ids: Int32Array): Float32Array {
  const rows = new Float32Array(ids.length * units);
  ids.forEach((id, row) => {
    rows.set(table.subarray(id * units, (id + 1) * units), row * units);
  });
  return rows;
}

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
