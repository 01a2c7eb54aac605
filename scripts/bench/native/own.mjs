// Our layers and optimizer: node own.mjs BACKEND STEPS BATCH TIME
import { tensor2d, tidy } from '@tensorflow/tfjs-core';
import { useBackend } from '../../../dist/backends/use-backend.js';
import { fillConfig } from '../../../dist/config/fill-config.js';
import { buildModel } from '../../../dist/model/build-model.js';
import { Adam } from '../../../dist/optimizers/adam.js';
import { openTask } from '../../../dist/tasks/open-task.js';
import { makeTrainStep } from '../../../dist/training/train-step.js';
import { idCount, makeBatches, medianMs, units } from './work.mjs';

const [backend, steps, rows, time] = process.argv.slice(2);
try {
  await useBackend(backend);
} catch (error) {
  console.log(JSON.stringify({ skipped: `${error.message}. ${error.hint ?? ''}` }));
  process.exit(0);
}
const task = openTask('classification', ['negative', 'positive']);
const layer = { cell: 'gru', units, resetAfter: true };
const model = buildModel(
  fillConfig(
    {
      dataset: { name: 'sample' },
      model: { type: 'recurrent', embedding: { units }, layers: [layer, layer] },
    },
    'bench',
  ).model,
  { idCount, task, seed: 1 },
);
const batches = makeBatches(Number(rows), Number(time));
const trainStep = makeTrainStep(model, { task, optimizer: new Adam() });
/** @param {ReturnType<typeof makeBatches>[number]} batch */
const step = (batch) =>
  trainStep(batch, { targets: { values: batch.labels }, examples: batch.exampleIndices });
const train = await medianMs(Number(steps), (i) => step(batches[i]));
const predict = await medianMs(Number(steps), (i) =>
  tidy(() =>
    model.predictOnBatch(tensor2d(batches[i].ids, [batches[i].rows, batches[i].time], 'int32')).dataSync(),
  ),
);
console.log(JSON.stringify({ train, predict }));
