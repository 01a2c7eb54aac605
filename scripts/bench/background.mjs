// For how long a training keeps the event loop of its program from other work:
//
//   node scripts/bench/background.mjs [--config gru2] [--threads 1]
//
// Build first: npm run build. Trains one epoch on the packaged sample, in the main thread and in the background, and measures
// how late a timer of one millisecond is (`monitorEventLoopDelay`). `idle` is the same wait without a training: what the
// machine and its other work are to blame for.
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loadConfig, trainInBackground, trainRun, useBackend } from '../../dist/index.js';
import { formatTable } from '../../dist/terminal/table.js';
import { beginBenchmark } from './begin.mjs';
import { describeMachine } from './machine.mjs';
import { makeTemporaryFolder } from './temporary-folder.mjs';

const { values: options } = parseArgs({
  options: { config: { type: 'string', default: 'gru2' }, threads: { type: 'string', default: '1' } },
});
const machine = beginBenchmark();
const folder = makeTemporaryFolder();
const threads = Number(options.threads);
const { config } = await loadConfig(options.config, ['dataset.name=sample', 'training.epochs=1']);
const places = {
  dataDir: join(folder, 'data'),
  modelsDir: join(folder, 'models'),
  configName: options.config,
};

/** @param {AsyncIterable<{ type: string }>} events */
async function measure(events) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let steps = 0;
  const start = performance.now();
  for await (const { type } of events) {
    if (type !== 'step') continue;
    steps += 1;
    // What comes before the first step differs: modules are loaded, data is read.
    if (steps === 1) delay.enable();
  }
  delay.disable();
  const ms = [delay.percentile(50), delay.percentile(99), delay.max].map((time) => (time / 1e6).toFixed(1));
  return [...ms, steps, ((performance.now() - start) / 1000).toFixed(1)];
}

async function* idle() {
  for (let step = 0; step < 60; step++) {
    await setTimeout(100);
    yield { type: 'step' };
  }
}

await useBackend('wasm', { threads });
const rows = [
  ['idle', ...(await measure(idle()))],
  ['background', ...(await measure(trainInBackground({ config, backend: 'wasm', threads, ...places })))],
  ['main thread', ...(await measure(trainRun({ config, ...places })))],
];
console.log(`${describeMachine(machine)}; milliseconds between two turns of a timer of 1 ms`);
console.log(formatTable(rows, { header: ['', 'median', '99 %', 'longest', 'steps', 'seconds'] }));
