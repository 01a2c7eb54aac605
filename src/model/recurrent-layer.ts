import { initializers } from '@tensorflow/tfjs-layers';
import type { BidirectionalMergeMode } from '@tensorflow/tfjs-layers/dist/keras_format/common.js';
import type { RNN } from '@tensorflow/tfjs-layers/dist/layers/recurrent.js';
import type { RecurrentLayerConfig } from '../config/schema.js';
import { Bidirectional } from '../layers/bidirectional.js';
import { GRU } from '../layers/gru.js';
import { LSTM } from '../layers/lstm.js';
import { Orthogonal } from '../layers/orthogonal.js';
import { SimpleRNN } from '../layers/simple-rnn.js';

/** Keras' names of the merge modes. */
const mergeModes = {
  concat: 'concat',
  sum: 'sum',
  average: 'ave',
  multiply: 'mul',
} as const satisfies Record<string, BidirectionalMergeMode>;

export interface RecurrentLayerOptions {
  name: string;
  /** States of all steps [batch, time, units] instead of the final one [batch, units]. */
  returnSequences: boolean;
  seed: number;
}

/** The layer of one entry of `model.layers`, in one or both directions, not yet applied to anything. */
export function recurrentLayer(
  config: RecurrentLayerConfig,
  options: RecurrentLayerOptions,
): RNN | Bidirectional {
  const { name, seed } = options;
  if (!config.bidirectional) return oneDirection(config, options);
  const layer = oneDirection(config, { ...options, name: `${name}_cell` });
  const both = new Bidirectional({ name, layer, mergeMode: mergeModes[config.bidirectional] });
  // The wrapper copies the layer with its seeds; two readers that begin as one would learn less.
  Object.assign((both as unknown as { backwardLayer: RNN }).backwardLayer.cell, initializersFor(seed + 2));
  return both;
}

/** Keras' defaults, spelled out: TF.js' own differ in the recurrent activation and the kernel's initializer. */
function oneDirection(config: RecurrentLayerConfig, options: RecurrentLayerOptions): RNN {
  const { name, returnSequences, seed } = options;
  const { units, dropout, recurrentDropout, weightDropout, zoneout } = config;
  const common = {
    ...{ name, units, returnSequences, dropout, recurrentDropout, weightDropout, zoneout },
    ...initializersFor(seed),
    biasInitializer: 'zeros',
  } as const;
  switch (config.cell) {
    case 'gru':
      return new GRU({
        ...common,
        resetAfter: config.resetAfter,
        activation: 'tanh',
        recurrentActivation: 'sigmoid',
      });
    case 'lstm':
      return new LSTM({
        ...common,
        activation: 'tanh',
        recurrentActivation: 'sigmoid',
        unitForgetBias: true,
        cellZoneout: config.cellZoneout,
      });
    case 'simpleRnn':
      return new SimpleRNN({ ...common, activation: config.activation });
  }
}

function initializersFor(seed: number) {
  return {
    kernelInitializer: initializers.glorotUniform({ seed }),
    recurrentInitializer: new Orthogonal({ seed: seed + 1 }) as never,
  };
}
