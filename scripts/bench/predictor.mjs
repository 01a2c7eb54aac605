// How long one text of ten words waits for its answer in a program that keeps a run open, one call after the other:
//
//   node scripts/bench/predictor.mjs [--configs gru-small,bigru,gru2,nb-ngrams] [--backends wasm,cpu] [--calls 2000]
//
// Build first: npm run build. gru-small is the packaged run; the others are trained for one epoch on the packaged sample,
// which is enough: how long an answer takes depends on the sizes. Each text is another one, of words that the run
// knows. The first calls of each backend do not count, since Node compiles in them. `open` is from the folder to the first
// answer; `cpu` are TensorFlow.js' own JavaScript kernels.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findRun, loadConfig, openPredictor, Random, trainRun, useBackend } from '../../dist/index.js';
import { formatTable } from '../../dist/terminal/table.js';
import { beginBenchmark } from './begin.mjs';
import { describeMachine } from './machine.mjs';
import { percentile } from './statistics.mjs';
import { makeTemporaryFolder } from './temporary-folder.mjs';

const { values: options } = parseArgs({
  options: {
    configs: { type: 'string', default: 'gru-small,bigru,gru2,nb-ngrams' },
    backends: { type: 'string', default: 'wasm,cpu' },
    calls: { type: 'string', default: '2000' },
  },
});
const machine = beginBenchmark();
const folder = makeTemporaryFolder();
const places = { dataDir: join(folder, 'data'), modelsDir: join(folder, 'models') };
const wordsOfText = 10;

/** @param {string} configName */
async function runOf(configName) {
  if (configName === 'gru-small') return findRun(places.modelsDir, configName);
  const { config } = await loadConfig(configName, ['dataset.name=sample', 'training.epochs=1']);
  for await (const event of trainRun({ config, configName, name: configName, ...places })) void event;
  return findRun(places.modelsDir, configName);
}

/** @param {Awaited<ReturnType<typeof findRun>>} run */
async function textsOf(run) {
  const vocabulary = await run.readVocabulary();
  const random = new Random('bench');
  const words = Array.from({ length: Math.min(vocabulary.knownSize, 5000) }, (_, id) => vocabulary.token(id));
  const known = words.filter((word) => word !== undefined && /^[a-z]+$/.test(word));
  const word = () => known[random.integer(known.length)];
  return Array.from({ length: 1000 }, () => Array.from({ length: wordsOfText }, word).join(' '));
}

console.log(`${describeMachine(machine)}; ${wordsOfText} words a text, milliseconds a call`);
const rows = [];
await useBackend('wasm');
const runs = [];
for (const name of options.configs.split(',')) runs.push({ name, run: await runOf(name) });
for (const backend of /** @type {('wasm' | 'cpu')[]} */ (options.backends.split(','))) {
  for (const { name, run } of runs) {
    const texts = await textsOf(run);
    await useBackend(backend);
    const opening = performance.now();
    const predictor = await openPredictor(run);
    await predictor.predict(texts[0]);
    const openMs = performance.now() - opening;
    const calls = Number(options.calls);
    const times = [];
    for (let call = 0; call < calls + 500; call++) {
      const start = performance.now();
      await predictor.predict(texts[call % texts.length]);
      if (call >= 500) times.push(performance.now() - start);
    }
    predictor.dispose();
    const figures = [0.5, 0.9, 0.99].map((share) => percentile(times, share).toFixed(3));
    rows.push([name, backend, ...figures, openMs.toFixed(0)]);
  }
}
console.log(formatTable(rows, { header: ['run', 'backend', 'median', '90 %', '99 %', 'open'] }));
