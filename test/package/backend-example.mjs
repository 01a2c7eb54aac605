// A TensorFlow.js program of your own on the backend of imdb-rnn: `import 'imdb-rnn/backend'`.
// The task: does a sequence of ten numbers hold more ones than twos? Zeros pad.
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { Adam, gru, useWasmBackend } from 'imdb-rnn/backend';

const { threads, reason } = await useWasmBackend({ threads: 2 });

const sequences = Array.from({ length: 1_024 }, (_, i) => {
  const length = 3 + (i % 8);
  const numbers = Array.from({ length }, (_, step) => 1 + ((((i + 1) * (step + 3) * 7919) % 104_729) % 2));
  return [...numbers, ...new Array(10 - length).fill(0)];
});
const isMoreOnes = (numbers) =>
  Number(numbers.filter((number) => number === 1).length > numbers.filter((number) => number === 2).length);
const x = tf.tensor2d(sequences, undefined, 'int32');
const y = tf.tensor2d(
  sequences.map((numbers) => [isMoreOnes(numbers)]),
  undefined,
  'float32',
);

const model = sequential({
  layers: [
    layers.embedding({ inputDim: 3, outputDim: 4, inputLength: 10, maskZero: true }),
    gru({ units: 16, activation: 'tanh', recurrentActivation: 'sigmoid', resetAfter: true }),
    layers.dense({ units: 1, activation: 'sigmoid' }),
  ],
});
model.compile({
  optimizer: new Adam({ learningRate: 0.02 }),
  loss: 'binaryCrossentropy',
  metrics: ['accuracy'],
});
const { history } = await model.fit(x, y, { epochs: 8, batchSize: 64, verbose: 0 });

console.log(`backend ${tf.getBackend()}: ${reason}`);
console.log(JSON.stringify({ threads, accuracy: history.acc.at(-1) }));
