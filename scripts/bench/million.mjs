// How fast a large data set is read, tokenized, kept and trained on, and in how much memory:
//
//   node scripts/bench/million.mjs [--rows 1000000] [--labels 2] [--config gru2 --config bag-of-words] [--train-seconds 20]
//                                  [--file rows.csv] [--json results.json]
//
// Build first: npm run build. Makes a CSV file of so many rows, about 1 kB each, in a temporary folder that goes in the end
// (or takes --file, with columns text and label), and trains on it with the program as a user would: one epoch of a bag of
// words, and of any other model the steps of --train-seconds, ended by Ctrl-C. Each training is run twice: from the file, and
// from the cache that the first one has written. Columns with "a core" are for each second of processor time.
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { beginBenchmark } from './begin.mjs';
import { describeMachine, loadAverage } from './machine.mjs';
import { trainWithProgram } from './million/train-program.mjs';
import { writeExamples } from './million/write-examples.mjs';
import { answerOf } from './run-program.mjs';
import { makeTemporaryFolder } from './temporary-folder.mjs';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    labels: { type: 'string', default: '2' },
    config: { type: 'string', multiple: true, default: ['gru2', 'bag-of-words'] },
    'train-seconds': { type: 'string', default: '20' },
    file: { type: 'string' },
    json: { type: 'string' },
  },
});
const machine = beginBenchmark();

const folder = makeTemporaryFolder();
const measurePart = fileURLToPath(new URL('million/measure-part.mjs', import.meta.url));
/** @param {readonly string[]} parameters */
const partOf = (...parameters) => answerOf(process.execPath, [measurePart, ...parameters]);

/** @param {string} config @param {string} file */
async function measureConfig(config, file) {
  const dataDir = join(folder, `data-${config}`);
  const parameters = [
    ...['--config', config, '--data', file, '--set', 'training.epochs=1'],
    ...['--data-dir', dataDir, '--models-dir', join(folder, `models-${config}`)],
  ];
  const trainSeconds = config === 'bag-of-words' ? undefined : Number(options['train-seconds']);
  const tokenizing = await partOf('tokenizing', file, config);
  const fromFile = await trainWithProgram(parameters, { trainSeconds });
  const cacheDir = join(dataDir, 'cache');
  const [cacheFile] = readdirSync(cacheDir)
    .filter((name) => name.startsWith('train-counted-'))
    .map((name) => join(cacheDir, name));
  const cache = await partOf('cache', cacheFile);
  const fromCache = await trainWithProgram(parameters, { trainSeconds });
  return { config, tokenizing, cacheBytes: statSync(cacheFile).size, cache, fromFile, fromCache };
}

const file = options.file ? resolve(options.file) : join(folder, 'examples.csv');
if (!options.file) await writeExamples(file, { rows: Number(options.rows), labels: Number(options.labels) });
const fileBytes = statSync(file).size;
const reading = await partOf('reading', file);
console.log(describeMachine(machine));
/** @param {string} what @param {string} figure */
const line = (what, figure) => console.log(`${what.padEnd(52)} ${figure.padStart(10)}`);
line('file', `${(fileBytes / 1e6).toFixed(0)} MB`);
line('reading rows', `${reading.megabytesPerSecond.toFixed(0)} MB/s`);
line('reading rows, a core', `${reading.megabytesPerCoreSecond.toFixed(0)} MB/s`);
const configs = [];
for (const config of options.config) {
  const measured = await measureConfig(config, file);
  configs.push(measured);
  const { tokenizing, cacheBytes, cache, fromFile, fromCache } = measured;
  line(`${config}: tokenizing, a core`, `${tokenizing.megabytesPerCoreSecond.toFixed(0)} MB/s`);
  line(`${config}: cache file`, `${(cacheBytes / 1e6).toFixed(0)} MB`);
  line(`${config}: reading the cache`, `${cache.reading.megabytesPerSecond.toFixed(0)} MB/s`);
  line(`${config}: writing the cache`, `${cache.writing.megabytesPerSecond.toFixed(0)} MB/s`);
  for (const [how, run] of /** @type {const} */ ([
    ['file', fromFile],
    ['cache', fromCache],
  ])) {
    line(`${config}: from the ${how}, until the first step`, `${run.prepareSeconds.toFixed(1)} s`);
    line(`${config}: from the ${how}, all`, `${run.seconds.toFixed(1)} s`);
    line(`${config}: from the ${how}, most memory`, `${(run.peakBytes / 1e6).toFixed(0)} MB`);
  }
}
if (options.json) {
  writeFileSync(
    options.json,
    `${JSON.stringify({ machine, load: loadAverage(), fileBytes, reading, configs }, null, 2)}\n`,
  );
}
