// What a packaged config reaches: trains it with several seeds, evaluates each kept epoch on the test reviews, and prints
// the line that stands in the config's first comment.
//
//   node scripts/measure-config.mjs gru2 [--seeds 3] [--data-dir data] [--models-dir DIR]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '3' },
    'data-dir': { type: 'string', default: 'data' },
    'models-dir': { type: 'string' },
  },
});
const [config] = positionals;
if (!config) throw new Error('usage: node scripts/measure-config.mjs CONFIG [--seeds 3] [--data-dir data]');

/** @param {string[]} parameters @returns the command's JSON result */
const run = (...parameters) =>
  JSON.parse(
    execFileSync(process.execPath, [program, ...parameters, '--json', '--data-dir', options['data-dir']], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 2 ** 26,
    }),
  );
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const deviation = (numbers) =>
  Math.sqrt(
    mean(numbers.map((number) => (number - mean(numbers)) ** 2)) * (numbers.length / (numbers.length - 1)),
  );

const modelsDir = options['models-dir'] ?? mkdtempSync(join(tmpdir(), 'imdb-rnn-'));
const accuracies = [];
const epochSeconds = [];
let parameters = 0;
for (let seed = 1; seed <= Number(options.seeds); seed++) {
  const name = `${config}-seed-${seed}`;
  const place = ['--models-dir', modelsDir];
  const trained = run(
    'train',
    '--quiet',
    '--config',
    config,
    '--seed',
    String(seed),
    '--name',
    name,
    ...place,
  );
  const measured = run('eval', '--quiet', '--run', name, ...place);
  accuracies.push(100 * measured.accuracy);
  epochSeconds.push(...trained.epochs.map(({ seconds }) => seconds));
  parameters = trained.parameters;
  const kept = `kept epoch ${trained.bestEpoch} of ${trained.epochs.length}`;
  console.log(
    `seed ${seed}: test accuracy ${accuracies.at(-1).toFixed(2)} %, ${kept}, ${trained.seconds.toFixed(0)} s`,
  );
}
if (!options['models-dir']) rmSync(modelsDir, { recursive: true });
const spread = accuracies.length > 1 ? ` +- ${deviation(accuracies).toFixed(1)}` : '';
console.log(
  `# ${config}: test accuracy ${mean(accuracies).toFixed(1)}${spread} % (${accuracies.length} seeds), ` +
    `${parameters.toLocaleString('en')} parameters, ${mean(epochSeconds).toFixed(0)} s an epoch on 2 cores.`,
);
