// People's own files, ours beside scikit-learn and fastText on the very same files, in one run on one machine:
//
//   node scripts/bench/own-data.mjs --python PYTHON [--data-dir data] [--work reviews,stars,topics,tags]
//                                   [--configs nb-ngrams,averaged-embedding] [--json FILE]
//
// Build first: npm run build. The Python needs scikit-learn and fasttext-wheel. `reviews` and `stars` are the film reviews of
// `imdb-rnn download`, with their label and with their 1 to 4 and 7 to 10 stars as eight labels; `topics` (20 labels) and
// `tags` (several of 12) are texts that scikit-learn generates. Ours is the whole `imdb-rnn train`: reading the CSV, counting,
// encoding, training, validating, saving; the rivals' time begins when the texts are in memory.
import { execFileSync } from 'node:child_process';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import seedrandom from 'seedrandom';
import { beginBenchmark } from './begin.mjs';
import { mainFile } from './built-package.mjs';
import { describeMachine } from './machine.mjs';
import { makeTemporaryFolder } from './temporary-folder.mjs';

/** @typedef {{ seconds: number, accuracy: number, macroF1: number, microF1: number | null }} Figures */

const rival = fileURLToPath(new URL('rivals/own_data_rival.py', import.meta.url));
const { values: options } = parseArgs({
  options: {
    python: { type: 'string' },
    'data-dir': { type: 'string', default: 'data' },
    work: { type: 'string', default: 'reviews,stars,topics,tags' },
    configs: { type: 'string', default: 'nb-ngrams,averaged-embedding' },
    json: { type: 'string' },
  },
});
const python = options.python;
if (!python) throw new Error('usage: node scripts/bench/own-data.mjs --python PYTHON [--data-dir data]');
const machine = beginBenchmark();
const folder = makeTemporaryFolder();

/** What is asked of a review by each work: the value of the label column. */
const reviewLabels = {
  /** @param {{ label: number }} review */
  reviews: ({ label }) => (label === 1 ? 'positive' : 'negative'),
  /** @param {{ rating: number }} review */
  stars: ({ rating }) => String(rating),
};

/**
 * @param {string[]} lines
 * @returns {string[]} in an order that is the same each time
 */
function shuffled(lines) {
  const random = seedrandom('own-data');
  const order = lines.map((line) => ({ line, at: random() }));
  return order.sort((one, other) => one.at - other.at).map(({ line }) => line);
}

/**
 * @param {string} work
 * @returns {Promise<{ train: string, test: string }>} CSV files with the columns text and label
 */
async function makeFiles(work) {
  const [train, test] = ['train', 'test'].map((split) => join(folder, `${work}-${split}.csv`));
  if (work === 'topics' || work === 'tags') {
    execFileSync(/** @type {string} */ (python), [rival, 'generate', train, test, '--kind', work]);
    return { train, test };
  }
  const labelOf = reviewLabels[/** @type {keyof typeof reviewLabels} */ (work)];
  if (!labelOf) throw new Error(`There is no work "${work}": use reviews, stars, topics or tags.`);
  for (const [split, path] of Object.entries({ train, test })) {
    const source = join(/** @type {string} */ (options['data-dir']), 'aclImdb', `${split}.jsonl`);
    const reviews = readFileSync(source, 'utf8').split('\n').filter(Boolean);
    const out = createWriteStream(path);
    out.write('text,label\n');
    // The archive has all of one label first, and fastText learns in the order of its file.
    for (const line of shuffled(reviews)) {
      const review = JSON.parse(line);
      out.write(`"${review.text.replaceAll('"', '""')}",${labelOf(review)}\n`);
    }
    out.end();
    await finished(out);
  }
  return { train, test };
}

/**
 * @param {string} config
 * @param {{ train: string, test: string }} files
 * @param {{ name: string, settings: string[] }} how settings as `--set` takes them
 * @returns {Figures}
 */
function ours(config, files, { name, settings }) {
  const places = ['--models-dir', join(folder, 'models'), '--data-dir', join(folder, 'data')];
  const run = (/** @type {string[]} */ ...parameters) =>
    JSON.parse(
      execFileSync(process.execPath, [mainFile, ...parameters, ...places, '--json', '--quiet'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
  const { seconds } = run(
    ...['train', '--config', config, '--data', files.train, '--test-data', files.test],
    ...['--name', name, ...settings.flatMap((setting) => ['--set', setting])],
  );
  const measured = run('eval', '--run', name);
  return {
    seconds,
    accuracy: measured.accuracy ?? measured.subsetAccuracy,
    macroF1: measured.macroF1 ?? measured.f1,
    microF1: measured.subsetAccuracy === undefined ? null : measured.microF1,
  };
}

/** @type {Record<string, Record<string, Figures>>} */
const results = {};
console.log(describeMachine(machine));
for (const work of options.work.split(',')) {
  const files = await makeFiles(work);
  const several = work === 'tags' ? ['--several'] : [];
  results[work] = {};
  const separated = work === 'tags' ? ['dataset.labelSeparator=|'] : [];
  const measure = (/** @type {string} */ config, /** @type {string[]} */ ...settings) => {
    const about = [config, ...settings].join(', ');
    const name = `${work}-${about.replaceAll(/[^a-z0-9]+/gi, '-')}`;
    results[work][`imdb-rnn ${about}`] = ours(config, files, { name, settings: [...separated, ...settings] });
  };
  for (const config of options.configs.split(',')) {
    measure(config);
    if (work === 'tags') measure(config, 'training.threshold=f1');
  }
  for (const program of ['sklearn', 'fasttext']) {
    const output = execFileSync(python, [rival, program, files.train, files.test, ...several], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    results[work][program] = JSON.parse(output);
  }
  console.log(`\n${work}`);
  for (const [name, { seconds, accuracy, macroF1, microF1 }] of Object.entries(results[work])) {
    const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(2).padStart(6)} %`;
    const micro = microF1 === null ? '' : `  micro F1 ${percent(microF1)}`;
    console.log(
      `  ${name.padEnd(52)} ${seconds.toFixed(1).padStart(7)} s  ${several.length > 0 ? 'exact' : 'accuracy'} ${percent(accuracy)}` +
        `  macro F1 ${percent(macroF1)}${micro}`,
    );
  }
}
if (options.json) writeFileSync(options.json, `${JSON.stringify(results, undefined, 2)}\n`);
