// What each setting against learning by heart costs: training steps of gru2's model with it and without, in turn.
//
//     node scripts/bench/regularization.mjs [--threads 1] [--rounds 60]
//
// Times of a busy machine mean nothing by themselves: each round does one step of every contender, and the ratios are those of their
// medians.
import { parseArgs } from 'node:util';
import { useBackend } from '../../dist/backends/use-backend.js';
import { fillConfig } from '../../dist/config/load-config.js';
import { buildModel } from '../../dist/model/build-model.js';
import { Adam } from '../../dist/optimizers/adam.js';
import { Random } from '../../dist/random/random.js';
import { openTask } from '../../dist/tasks/open-task.js';
import { makeTrainStep } from '../../dist/training/train-step.js';
import { median } from './statistics.mjs';

const { values } = parseArgs({
  options: { threads: { type: 'string', default: '1' }, rounds: { type: 'string', default: '60' } },
});
const [rows, time, idCount] = [32, 60, 11_000];

const gru = (keys = {}) => [0, 1].map(() => ({ cell: 'gru', ...keys }));
const lstm = (keys = {}) => [0, 1].map(() => ({ cell: 'lstm', ...keys }));
/** @type {[name: string, against: string | undefined, model: object, training?: object][]} */
const contenders = [
  ['gru2', undefined, { layers: gru() }],
  ['embedding.dropout: 0.2', 'gru2', { layers: gru(), embedding: { dropout: 0.2 } }],
  ['embedding.wordDropout: 0.1', 'gru2', { layers: gru(), embedding: { wordDropout: 0.1 } }],
  ['recurrentDropout: 0.2', 'gru2', { layers: gru({ recurrentDropout: 0.2 }) }],
  ['weightDropout: 0.3', 'gru2', { layers: gru({ weightDropout: 0.3 }) }],
  ['zoneout: 0.1', 'gru2', { layers: gru({ zoneout: 0.1 }) }],
  ['adversarial', 'gru2', { layers: gru() }, { adversarial: { epsilon: 0.05, weight: 1 } }],
  ['dropout: 0.3', 'gru2', { layers: gru(), dropout: 0.3 }],
  ['rDrop', 'dropout: 0.3', { layers: gru(), dropout: 0.3 }, { rDrop: { weight: 1 } }],
  ['lstm2', undefined, { layers: lstm() }],
  ['zoneout: 0.05, cellZoneout: 0.5', 'lstm2', { layers: lstm({ zoneout: 0.05, cellZoneout: 0.5 }) }],
];

await useBackend('wasm', { threads: Number(values.threads) });
const task = openTask('classification', ['negative', 'positive']);
const words = new Random('words');
// Ids as frequent as words are: about as 1 / rank.
const ids = Int32Array.from({ length: rows * time }, () => Math.floor(idCount ** words.next()));
const batch = { ids, rows, time, lengths: new Int32Array(rows).fill(time) };
const examples = Int32Array.from({ length: rows }, (_, row) => row);
const chosen = { targets: { values: examples.map((row) => row % 2) }, examples };

const steps = contenders.map(([name, against, settings, training]) => {
  const model = buildModel(fillConfig({ model: settings }, 'benchmark').model, { idCount, task, seed: 1 });
  const random = new Random('dropout');
  const step = makeTrainStep(model, { task, optimizer: new Adam(), random, ...training });
  return { name, against, step, times: /** @type {number[]} */ ([]) };
});
for (let round = -3; round < Number(values.rounds); round++) {
  for (const { step, times } of steps) {
    const start = performance.now();
    step(batch, chosen);
    if (round >= 0) times.push(performance.now() - start);
  }
}
const timesOf = (/** @type {string | undefined} */ name) => steps.find((one) => one.name === name)?.times;
console.log(`${'setting'.padEnd(34)}${'median'.padStart(10)}   times the step without`);
for (const { name, against, times } of steps) {
  const base = timesOf(against);
  const ms = `${median(times).toFixed(1)} ms`.padStart(10);
  console.log(`${name.padEnd(34)}${ms}${base ? `   ${(median(times) / median(base)).toFixed(2)}` : ''}`);
}
process.exit();
