// What packaged configs reach: trains each with several seeds, measures the kept epochs on the test examples, and prints (or
// writes) the line that stands in the config's first comment. Every training is noted in a file as soon as it is done, so
// that measuring goes on where it was stopped, and does nothing that was done already.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { thisMachine } from './bench/machine.mjs';
import { withFigures } from './measure/config-comment.mjs';
import { figuresOf, figuresSentence } from './measure/figures.mjs';
import { configPath, filledConfig } from './measure/filled-config.mjs';
import { appendResult, readResults, resultsOf, settingsHash } from './measure/results.mjs';

const usage = `usage: node scripts/measure-config.mjs CONFIG... [options]

  --all              every packaged config
  --seeds 1,2,3      seeds to train with (default 1,2,3)
  --results FILE     where each training is noted (default scripts/measure/results.jsonl)
  --write            rewrites the first comment of the configs
  --again            trains anew what is noted already
  --data-dir DIR     where the examples are (default data)
  --keras-data DIR   a folder with imdb.npz and imdb_word_index.json, for configs of the dataset keras-imdb
  --models-dir DIR   keeps the runs there (default: they are deleted once measured)
  --threads N        default: every core

Build first: npm run build. Leave the machine alone meanwhile: the times are part of the result.`;

const root = fileURLToPath(new URL('..', import.meta.url));
const program = join(root, 'dist', 'main.js');

/** @param {...string} parameters @returns {any} the command's JSON result */
function run(...parameters) {
  const output = execFileSync(process.execPath, [program, ...parameters, '--json'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 2 ** 28,
  });
  return JSON.parse(output);
}

/**
 * How long the members of an ensemble were trained, those of all rounds.
 *
 * @param {string} modelsDir
 * @param {string} name of the ensemble
 */
function secondsOfMembers(modelsDir, name) {
  return readdirSync(modelsDir)
    .filter((each) => each.startsWith(`${name}-`) && !existsSync(join(modelsDir, each, 'ensemble.json')))
    .map((each) => JSON.parse(readFileSync(join(modelsDir, each, 'run.json'), 'utf8')).seconds)
    .reduce((sum, seconds) => sum + seconds, 0);
}

/**
 * @param {string} config
 * @param {{ seed: number, options: any }} how
 * @returns {import('./measure/results.mjs').Result}
 */
function measure(config, { seed, options }) {
  const filled = filledConfig(config);
  const modelsDir = options['models-dir'] ?? mkdtempSync(join(tmpdir(), 'imdb-rnn-'));
  const name = `${config}-seed-${seed}`;
  const isKeras = filled.dataset.name === 'keras-imdb' && options['keras-data'];
  const place = ['--models-dir', modelsDir, '--data-dir', options['data-dir'], '--quiet'];
  const threads = options.threads ? ['--threads', options.threads] : [];
  try {
    // What a former measuring left half done.
    rmSync(join(modelsDir, name), { recursive: true, force: true });
    const trained = run(
      ...['train', '--config', configPath(config), '--seed', String(seed), '--name', name],
      ...(isKeras ? ['--set', `dataset.path=${JSON.stringify(options['keras-data'])}`] : []),
      ...[...place, ...threads],
    );
    const [measured] = run('compare', name, ...place, ...threads).runs;
    if (measured.dataset !== filled.dataset.name) {
      throw new Error(`${config} was trained on ${measured.dataset}: ${filled.dataset.name} is not there`);
    }
    return {
      ...{ config, settings: settingsHash(filled), seed },
      ...{
        accuracy: measured.accuracy,
        f1: measured.f1,
        rocAuc: measured.rocAuc,
        examples: measured.examples,
      },
      ...{ parameters: measured.parameters, bytes: measured.bytes },
      ...{
        // An ensemble has neither: its members do.
        bestEpoch: trained.bestEpoch ?? null,
        epochSeconds: (trained.epochs ?? []).map((/** @type {any} */ e) => e.seconds),
      },
      ...{
        seconds: trained.seconds ?? secondsOfMembers(modelsDir, name),
        examplesPerSecond: measured.examplesPerSecond,
      },
      ...{ peakMemoryBytes: trained.peakMemoryBytes, threads: measured.threads },
      ...{ machine: thisMachine(), measured: new Date().toISOString(), filled },
    };
  } finally {
    if (!options['models-dir']) rmSync(modelsDir, { recursive: true, force: true });
  }
}

/** @param {string} config @param {{ seeds: number[], options: any }} how */
function measureAll(config, { seeds, options }) {
  const settings = settingsHash(filledConfig(config));
  const of = { config, settings };
  for (const seed of seeds) {
    // Read again each time: another measuring may have added to the file.
    const known = resultsOf(readResults(options.results), of).some((result) => result.seed === seed);
    if (known && !options.again) continue;
    const result = measure(config, { seed, options });
    appendResult(options.results, result);
    const percent = (100 * result.accuracy).toFixed(2);
    console.error(`${config}, seed ${seed}: test accuracy ${percent} %, ${result.seconds.toFixed(0)} s`);
  }
  const results = resultsOf(readResults(options.results), of).filter(({ seed }) => seeds.includes(seed));
  const figures = figuresSentence(figuresOf(results));
  console.log(`${config}: ${figures}`);
  if (!options.write) return;
  const yaml = readFileSync(configPath(config), 'utf8');
  writeFileSync(configPath(config), withFigures(yaml, { name: config, figures }));
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
    seeds: { type: 'string', default: '1,2,3' },
    results: { type: 'string', default: join(root, 'scripts', 'measure', 'results.jsonl') },
    write: { type: 'boolean', default: false },
    'data-dir': { type: 'string', default: 'data' },
    'keras-data': { type: 'string' },
    'models-dir': { type: 'string' },
    threads: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const packaged = readdirSync(join(root, 'configs')).map((file) => basename(file, '.yaml'));
const configs = options.all ? packaged.sort() : positionals.map((name) => basename(name, '.yaml'));
const seeds = options.seeds.split(',').map(Number);
if (options.help || configs.length === 0 || !seeds.every((seed) => Number.isSafeInteger(seed) && seed > 0)) {
  (options.help ? console.log : console.error)(usage);
  process.exit(options.help ? 0 : 2);
}
for (const name of configs.filter((name) => !packaged.includes(name))) {
  console.error(`There is no packaged config "${name}". There are: ${packaged.join(', ')}.`);
  process.exit(2);
}
for (const config of configs) measureAll(config, { seeds, options });
