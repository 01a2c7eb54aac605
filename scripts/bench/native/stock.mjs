// tfjs-layers as it comes, on the same libtensorflow: node stock.mjs BACKEND STEPS BATCH TIME
//
// Its GRU has no `resetAfter: true`, so it computes the form that it has, which costs about the same.
import { tensor2d } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { useBackend } from '../../../dist/backends/use-backend.js';
import { idCount, makeBatches, medianMs, units } from './work.mjs';

const [backend, steps, rows, time] = process.argv.slice(2);
try {
  await useBackend(backend);
} catch (error) {
  console.log(JSON.stringify({ skipped: `${error.message}. ${error.hint ?? ''}` }));
  process.exit(0);
}
const model = sequential();
model.add(layers.embedding({ inputDim: idCount, outputDim: units, maskZero: true, inputShape: [null] }));
for (const returnSequences of [true, false]) {
  const recurrentInitializer = 'glorotUniform';
  model.add(layers.gru({ units, returnSequences, recurrentActivation: 'sigmoid', recurrentInitializer }));
}
model.add(layers.dense({ units: 1, activation: 'sigmoid' }));
model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' });
const batches = makeBatches(Number(rows), Number(time)).map(({ ids, labels, rows, time }) => ({
  x: tensor2d(ids, [rows, time], 'int32'),
  y: tensor2d(Float32Array.from(labels), [rows, 1]),
}));
const train = await medianMs(Number(steps), (i) => model.trainOnBatch(batches[i].x, batches[i].y));
const predict = await medianMs(Number(steps), async (i) => {
  const output = model.predictOnBatch(batches[i].x);
  await output.data();
  output.dispose();
});
console.log(JSON.stringify({ train, predict }));
