import { initializers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { RecurrentModelConfig } from '../config/schema.js';
import { AttentionPooling } from '../layers/attention-pooling.js';
import { MaskedAveragePooling1D, MaskedMaxPooling1D } from '../layers/global-pooling.js';
import { LastMaxMeanPooling } from '../layers/last-max-mean-pooling.js';

/**
 * States [batch, time, units] to one vector an example: [batch, units], or [batch, 3 * units] for `lastMaxMean`. With `last`
 * the recurrent layer has given its final state [batch, units] alone, and nothing is left to do.
 */
export function poolStates(
  states: SymbolicTensor,
  pooling: RecurrentModelConfig['pooling'],
  { nextSeed }: { nextSeed: () => number },
): SymbolicTensor {
  if (pooling === 'last') return states;
  const layer = poolingLayer(pooling, nextSeed);
  return layer.apply(states) as SymbolicTensor;
}

function poolingLayer(pooling: Exclude<RecurrentModelConfig['pooling'], 'last'>, nextSeed: () => number) {
  const name = 'pooling';
  switch (pooling) {
    case 'mean':
      return new MaskedAveragePooling1D({ name });
    case 'max':
      return new MaskedMaxPooling1D({ name });
    case 'lastMaxMean':
      return new LastMaxMeanPooling({ name });
    case 'attention':
      return new AttentionPooling({
        name,
        kernelInitializer: initializers.glorotUniform({ seed: nextSeed() }),
        contextInitializer: initializers.glorotUniform({ seed: nextSeed() }),
      });
  }
}
