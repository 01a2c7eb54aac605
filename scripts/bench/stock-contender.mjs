// TF.js as it comes: its `cpu` backend and its own layers: node scripts/bench/stock-contender.mjs BATCHES.json
//
// So slow that one predicted batch and one training step must do, without a warm-up, on the batch of the median number
// of tokens. Two things differ from the others' work. Its GRU has no `resetAfter: true`, so it computes the form that it
// has, which costs about the same. And the gradient of its embedding reads all tokens of the batch once for each row of
// the table, minutes for a step with 11,000 rows, so ids are folded into a table of 1,000; for the rest of the step, and
// for predicting, the number of rows does not matter.
import '@tensorflow/tfjs-backend-cpu';
import { ready, setBackend, tensor2d, version_core } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { readBatches } from './batches-file.mjs';
import { summarize } from './statistics.mjs';

const idCount = 1_000;
const { model: sizes, batches } = readBatches(process.argv[2]);
await setBackend('cpu');
await ready();

const model = sequential();
model.add(
  layers.embedding({
    inputDim: idCount,
    outputDim: sizes.embeddingUnits,
    maskZero: true,
    inputShape: [null],
  }),
);
sizes.layers.forEach(({ units }, index) => {
  const returnSequences = index + 1 < sizes.layers.length;
  const recurrentActivation = 'sigmoid';
  // The stock default, orthogonal, is slow to draw, as TF.js warns; initial weights change nothing about a step's time.
  model.add(
    layers.gru({ units, returnSequences, recurrentActivation, recurrentInitializer: 'glorotUniform' }),
  );
});
model.add(layers.dense({ units: 1, activation: 'sigmoid' }));
model.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' });

const { ids, rows, time, labels } = middleBatch();
const folded = ids.map((id) => (id === 0 ? 0 : 1 + ((id - 1) % (idCount - 1))));
const x = tensor2d(folded, [rows, time], 'int32');
const y = tensor2d(labels, [rows, 1]);
const predict = await timeOf(async () => {
  const output = /** @type {import('@tensorflow/tfjs-core').Tensor} */ (model.predictOnBatch(x));
  await output.data();
});
let lastLoss = Number.NaN;
const train = await timeOf(async () => {
  lastLoss = /** @type {number} */ (await model.trainOnBatch(x, y));
});

console.log(
  JSON.stringify({
    name: 'TF.js, stock cpu backend',
    version: version_core,
    threads: 1,
    variants: {
      train: { 'one step, no warm-up': summarize([train]) },
      predict: { 'one batch, no warm-up': summarize([predict]) },
    },
    peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
    lastLoss,
    note: `one training step and one predicted batch, no warm-up, of stock layers (resetAfter false); ids folded into ${idCount}, since its embedding gradient takes minutes a step with all ${sizes.idCount}`,
  }),
);

function middleBatch() {
  const tokens = (/** @type {typeof batches[number]} */ { lengths }) =>
    lengths.reduce((sum, length) => sum + length, 0);
  return [...batches].sort((one, other) => tokens(one) - tokens(other))[Math.floor(batches.length / 2)];
}

/** @param {() => Promise<void>} work */
async function timeOf(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
