// One of our own contenders: node scripts/bench/own-contender.mjs BATCHES.json --threads 2 --steps 100 --warmup 20 --simd simd --bits 128
// or --instructions avx2 instead of --simd and --bits
//
// A training step is the body of the loop in src/training/train.ts: the batch is padded, the step done (loss, gradients,
// dense Adam on every weight), and the event loop has its turn. A predicted batch is a call of `predictProbabilities`
// with the examples of one batch. Answers as the rivals do (rivals/rival.py).
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { backend } from '@tensorflow/tfjs-core';
import { useBackend } from '../../dist/backends/use-backend.js';
import { subset } from '../../dist/batches/encoded-split.js';
import { padBatch } from '../../dist/batches/pad-batch.js';
import { fillConfig } from '../../dist/config/load-config.js';
import { buildModel } from '../../dist/model/build-model.js';
import { predictProbabilities } from '../../dist/model/predict-probabilities.js';
import { Adam } from '../../dist/optimizers/adam.js';
import { ownVersions } from '../../dist/runs/summary-file.js';
import { openTask } from '../../dist/tasks/open-task.js';
import { makeTrainStep } from '../../dist/training/train-step.js';
import { asEncodedSplit, readBatches } from './batches-file.mjs';
import { mean, median, summarize } from './statistics.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: 'string' },
    steps: { type: 'string' },
    warmup: { type: 'string' },
    simd: { type: 'string' },
    bits: { type: 'string' },
    instructions: { type: 'string' },
  },
});
const [threads, steps, warmup] = [values.threads, values.steps, values.warmup].map(Number);
const { model: sizes, batches } = readBatches(positionals[0]);
const { instructions } =
  /** @type {{ instructions?: import('../../dist/backends/wasm/native-kernels.js').Instructions }} */ (
    values
  );
const simd = /** @type {'simd' | 'relaxed-simd'} */ (values.simd);
const vectorBits = /** @type {128 | 256} */ (Number(values.bits));
const choice = await (instructions
  ? useBackend('compiled', { threads, instructions })
  : useBackend('wasm', { threads, simd, vectorBits }));
const { runtime } = /** @type {import('../../dist/backends/wasm/wasm-backend.js').WasmBackend} */ (backend());
const { embeddingUnits, layers, idCount } = sizes;
const config = fillConfig({ model: { embedding: { units: embeddingUnits }, layers } }, 'benchmark');
const task = openTask('classification', ['negative', 'positive']);
const model = buildModel(config.model, { idCount, task, seed: 1 });
const parameters = model.countParams();
if (parameters !== sizes.parameters)
  throw new Error(`the model has ${parameters} parameters, expected ${sizes.parameters}`);
const { encoded, exampleIndices } = asEncodedSplit(batches);

const optimizer = new Adam({ learningRate: sizes.learningRate });
const trainStep = makeTrainStep(model, { task, optimizer });
/** @type {number[]} */
const losses = [];
const train = await measure(async (index) => {
  const examples = exampleIndices[index];
  losses.push(trainStep(padBatch(encoded, examples), { targets: encoded.targets, examples }).loss);
  await setImmediate();
});
const single = exampleIndices.map((examples) => subset(encoded, examples));
const predict = await measure((index) =>
  predictProbabilities(model, single[index], { batchSize: batches[index].rows }),
);

const [[name, version]] = Object.entries(await ownVersions());
console.log(
  JSON.stringify({
    name,
    version,
    threads: choice.threads,
    simd: choice.simd,
    vectorBits: choice.vectorBits,
    instructions: choice.instructions,
    parameters,
    variants: {
      train: { 'train step': summarize(train.times) },
      predict: { batch: summarize(predict.times) },
    },
    outsideKernels: median(train.outside),
    peakMemoryMB: Math.round(process.resourceUsage().maxRSS / 1024),
    firstLoss: mean(losses.slice(0, 10)),
    lastLoss: mean(losses.slice(-10)),
  }),
);

/**
 * @param {(batch: number) => Promise<unknown>} work on the batch of that number
 * @returns {Promise<{ times: number[], outside: number[] }>} of each timed step: milliseconds, and the share of them that
 *   was not spent in our kernels
 */
async function measure(work) {
  for (let step = 0; step < warmup; step += 1) await work(step % batches.length);
  const times = [];
  const outside = [];
  for (let step = 0; step < steps; step += 1) {
    const [start, kernelStart] = [performance.now(), runtime.kernelMs];
    await work(step % batches.length);
    const ms = performance.now() - start;
    times.push(ms);
    outside.push(1 - (runtime.kernelMs - kernelStart) / ms);
  }
  return { times, outside };
}
