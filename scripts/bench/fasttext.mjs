// Averaged embeddings beside fastText's own program, in one run on one machine:
//
//   node scripts/bench/fasttext.mjs --fasttext FILE [--data-dir data] [--config averaged-embedding] [--units 100]
//                                   [--epochs 5] [--threads 2] [--rounds 1]
//
// Build first: npm run build, and fastText from its source (`make` makes the file `fasttext`; so does
// `g++ -O3 -march=native -funroll-loops -std=c++17 -pthread src/*.cc -o fasttext`).
//
// fastText gets the tokens that the config makes, in random order, with --wordNgrams 2, learning rate 0.5 and --units numbers
// a vector (100 is its default). Its time is that of `fasttext supervised`: reading, counting, training, saving; making
// its text file is not in it. Ours is `imdb-rnn train` from the unpacked examples: that too reads, tokenizes, counts,
// encodes, trains, validates and saves.
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { beginBenchmark } from './begin.mjs';
import { mainFile } from './built-package.mjs';
import { describeMachine } from './machine.mjs';
import { makeTemporaryFolder } from './temporary-folder.mjs';

const { values: options } = parseArgs({
  options: {
    fasttext: { type: 'string' },
    'data-dir': { type: 'string', default: 'data' },
    config: { type: 'string', default: 'averaged-embedding' },
    units: { type: 'string', default: '100' },
    epochs: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '1' },
  },
});
if (!options.fasttext)
  throw new Error('usage: node scripts/bench/fasttext.mjs --fasttext FILE [--data-dir data]');
const machine = beginBenchmark();

const folder = makeTemporaryFolder();
const dataDir = resolve(options['data-dir']);

/**
 * @param {string} program
 * @param {readonly string[]} parameters
 */
function timed(program, parameters) {
  const start = performance.now();
  const output = execFileSync(program, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return { seconds: (performance.now() - start) / 1000, output };
}

/** The examples as fastText reads them: `__label__0 its tokens`, a line each, in random order. */
async function writeTexts() {
  const [{ loadConfig }, { openSplit }, { readAll }, { tokenize }, { Random }] = await Promise.all([
    import('../../dist/config/load-config.js'),
    import('../../dist/datasets/open-split.js'),
    import('../../dist/datasets/read-all.js'),
    import('../../dist/text/tokenize.js'),
    import('../../dist/random/random.js'),
  ]);
  const { config } = await loadConfig(options.config, []);
  for (const name of /** @type {const} */ (['train', 'test'])) {
    const split = await openSplit(name, { dataset: config.dataset, dataDir });
    const examples = await readAll(split);
    const order = Int32Array.from(examples, (_, example) => example);
    new Random(1).shuffle(order);
    const lines = Array.from(order, (example) => {
      const { text, target } = examples[example];
      return `__label__${target} ${tokenize(text, config.text).join(' ')}\n`;
    });
    writeFileSync(join(folder, `${name}.txt`), lines.join(''));
  }
}

function fastText() {
  const model = join(folder, 'fasttext');
  const { seconds } = timed(/** @type {string} */ (options.fasttext), [
    ...['supervised', '-input', join(folder, 'train.txt'), '-output', model],
    ...['-wordNgrams', '2', '-lr', '0.5', '-epoch', options.epochs, '-dim', options.units],
    ...['-thread', options.threads],
  ]);
  const { output } = timed(/** @type {string} */ (options.fasttext), [
    ...['predict', `${model}.bin`, join(folder, 'test.txt')],
  ]);
  const truth = execFileSync('cut', ['-d', ' ', '-f1', join(folder, 'test.txt')], { encoding: 'utf8' });
  const answers = output.trim().split('\n');
  const labels = truth.trim().split('\n');
  const correct = labels.filter((label, example) => label === answers[example]).length;
  return { seconds, accuracy: correct / labels.length };
}

/** @param {number} round */
function ours(round) {
  // A data folder of its own: nothing is prepared yet.
  const dataDir = join(folder, `data-${round}`);
  mkdirSync(dataDir);
  symlinkSync(join(examples, 'aclImdb'), join(dataDir, 'aclImdb'));
  const place = ['--data-dir', dataDir, '--models-dir', join(folder, 'models'), '--json', '--quiet'];
  const name = `round-${round}`;
  const { seconds } = timed(process.execPath, [
    ...[
      mainFile,
      'train',
      '--config',
      options.config,
      '--name',
      name,
      '--threads',
      options.threads,
      ...place,
    ],
  ]);
  const { output } = timed(process.execPath, [mainFile, 'eval', '--run', name, ...place]);
  return { seconds, accuracy: JSON.parse(output).accuracy };
}

await writeTexts();
console.log(describeMachine(machine));
for (let round = 1; round <= Number(options.rounds); round++) {
  const [own, rival] = [ours(round), fastText()];
  for (const [name, { seconds, accuracy }] of /** @type {const} */ ([
    [`imdb-rnn, ${options.config}`, own],
    [`fastText, bigrams, ${options.units} units, ${options.epochs} epochs`, rival],
  ])) {
    console.log(
      `${name.padEnd(42)} ${seconds.toFixed(1).padStart(6)} s  ${(100 * accuracy).toFixed(2)} % of the test examples`,
    );
  }
  console.log(`${'ratio of the times'.padEnd(42)} ${(own.seconds / rival.seconds).toFixed(2).padStart(6)}`);
}
