import type { Tensor } from '@tensorflow/tfjs-core';
import { initializers, layers } from '@tensorflow/tfjs-layers';
import type { LayerArgs } from '@tensorflow/tfjs-layers/dist/engine/topology.js';
import type { Shape } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type { Conv1D, ConvLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/convolutional.js';
import type {
  Dropout,
  DropoutLayerArgs,
  SpatialDropout1DLayerConfig,
} from '@tensorflow/tfjs-layers/dist/layers/core.js';
import type { Embedding, EmbeddingLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/embeddings.js';
import type { Merge } from '@tensorflow/tfjs-layers/dist/layers/merge.js';
import type {
  LayerNormalization,
  LayerNormalizationLayerArgs,
} from '@tensorflow/tfjs-layers/dist/layers/normalization.js';
import type {
  GlobalAveragePooling1D,
  GlobalMaxPooling1D,
} from '@tensorflow/tfjs-layers/dist/layers/pooling.js';
import type {
  GRU,
  GRUCell,
  GRUCellLayerArgs,
  GRULayerArgs,
  LSTM,
  LSTMLayerArgs,
  RNN,
  RNNLayerArgs,
  SimpleRNN,
  SimpleRNNLayerArgs,
} from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import type { Bidirectional, BidirectionalLayerArgs } from '@tensorflow/tfjs-layers/dist/layers/wrappers.js';

// tfjs-layers exports functions that make its layers, but not their classes; an instance leads to the class.

type Constructor<Instance, Arguments> = new (args: Arguments) => Instance;

export const StockGru = layers.gru({ units: 1 }).constructor as unknown as Constructor<GRU, GRULayerArgs>;
export const StockGruCell = layers.gruCell({ units: 1 }).constructor as unknown as Constructor<
  GRUCell,
  GRUCellLayerArgs
>;

export const StockLstm = layers.lstm({ units: 1 }).constructor as unknown as Constructor<LSTM, LSTMLayerArgs>;
export const StockSimpleRnn = layers.simpleRNN({ units: 1 }).constructor as unknown as Constructor<
  SimpleRNN,
  SimpleRNNLayerArgs
>;
/** What the three of them extend. */
export const StockRnn = Object.getPrototypeOf(StockGru) as Constructor<RNN, RNNLayerArgs>;

interface Initializer {
  apply(shape: Shape, dtype?: 'float32'): Tensor;
  getConfig(): Record<string, unknown>;
}
export const StockInitializer = Object.getPrototypeOf(
  initializers.zeros().constructor,
) as unknown as new () => Initializer;

export const StockDropout = layers.dropout({ rate: 0 }).constructor as unknown as Constructor<
  Dropout,
  DropoutLayerArgs
>;
export const StockSpatialDropout1D = layers.spatialDropout1d({ rate: 0 })
  .constructor as unknown as Constructor<Dropout, SpatialDropout1DLayerConfig>;

export const StockBidirectional = layers.bidirectional({
  layer: layers.gru({ units: 1 }) as RNN,
  mergeMode: 'concat',
}).constructor as unknown as Constructor<Bidirectional, BidirectionalLayerArgs>;

export const StockGlobalAveragePooling1D = layers.globalAveragePooling1d({})
  .constructor as unknown as Constructor<GlobalAveragePooling1D, LayerArgs>;
export const StockGlobalMaxPooling1D = layers.globalMaxPooling1d({}).constructor as unknown as Constructor<
  GlobalMaxPooling1D,
  LayerArgs
>;

export const StockLayerNormalization = layers.layerNormalization().constructor as unknown as Constructor<
  LayerNormalization,
  LayerNormalizationLayerArgs
>;

export const StockConv1D = layers.conv1d({ filters: 1, kernelSize: 1 }).constructor as unknown as Constructor<
  Conv1D,
  ConvLayerArgs
>;

export const StockEmbedding = layers.embedding({ inputDim: 1, outputDim: 1 })
  .constructor as unknown as Constructor<Embedding, EmbeddingLayerArgs>;

export const StockAdd = layers.add().constructor as unknown as Constructor<Merge, LayerArgs>;
