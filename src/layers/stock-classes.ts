import type { Tensor } from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import type { Layer, LayerArgs } from '@tensorflow/tfjs-layers/dist/engine/topology.js';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type {
  GRU,
  GRUCell,
  GRUCellLayerArgs,
  GRULayerArgs,
} from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';

// tfjs-layers exports functions that make its layers, but not their classes; an instance leads to the class.

type Constructor<Instance, Arguments> = new (args: Arguments) => Instance;

export const StockGru = layers.gru({ units: 1 }).constructor as unknown as Constructor<GRU, GRULayerArgs>;
export const StockGruCell = layers.gruCell({ units: 1 }).constructor as unknown as Constructor<
  GRUCell,
  GRUCellLayerArgs
>;

interface Initializer {
  apply(shape: Shape, dtype?: 'float32'): Tensor;
  getConfig(): Record<string, unknown>;
}
export const StockInitializer = Object.getPrototypeOf(
  initializers.zeros().constructor,
) as unknown as new () => Initializer;

export const StockGlobalAveragePooling1D = layers.globalAveragePooling1d({})
  .constructor as unknown as Constructor<Layer, LayerArgs>;
