// The types that `import 'imdb-rnn/backend'` gives to a program of its users; it is compiled, not run.
import type * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import {
  Adam,
  type AdamOptions,
  AdamW,
  type BackendChoice,
  gru,
  Lamb,
  lstm,
  Sgd,
  simpleRNN,
  useWasmBackend,
} from 'imdb-rnn/backend';

const choice: BackendChoice = await useWasmBackend({ threads: 2, simd: 'simd' });
const options: AdamOptions = { learningRate: 0.01, epsilon: 1e-7 };
const optimizer: tf.Optimizer = new Adam(options);
export const others: tf.Optimizer[] = [
  new AdamW({ weightDecay: 0.01, decayed: 'all' }),
  new Lamb(options),
  new Sgd({ momentum: 0.9, nesterov: true }),
];

const model = sequential();
model.add(layers.embedding({ inputDim: 3, outputDim: 4, inputLength: 10, maskZero: true }));
model.add(
  gru({
    units: 16,
    activation: 'tanh',
    recurrentActivation: 'sigmoid',
    resetAfter: true,
    returnSequences: true,
  }),
);
model.add(lstm({ units: 16, recurrentActivation: 'sigmoid', unitForgetBias: true, returnSequences: true }));
model.add(simpleRNN({ units: 16, recurrentDropout: 0.1 }));
model.compile({ optimizer, loss: 'binaryCrossentropy' });

// @ts-expect-error: the number of threads is a number
await useWasmBackend({ threads: 'all' });
// @ts-expect-error: units are needed
gru({ resetAfter: true });

export const reason: string = choice.reason;
