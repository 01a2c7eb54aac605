// Makes the batches that all contenders get: the first ones of a training.
//
//   node scripts/bench/make-batches.mjs OUTPUT.json --work bilstm --data-dir data --batches 100
//   node scripts/bench/make-batches.mjs OUTPUT.json --config gru2 --data-dir data --batches 100
//
// A program of its own: on Linux a process begins with the peak memory of the one that started it, so the program that
// starts the contenders must stay small.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exampleCount } from '../../dist/batches/encoded-split.js';
import { padBatch } from '../../dist/batches/pad-batch.js';
import { prepareTraining } from '../../dist/batches/prepare-training.js';
import { shuffledBatches } from '../../dist/batches/shuffled-batches.js';
import { splitValidation } from '../../dist/batches/split-validation.js';
import { fillConfig, loadConfig } from '../../dist/config/load-config.js';
import { openSplit } from '../../dist/datasets/open-split.js';
import { UserError } from '../../dist/errors/user-error.js';
import { Random } from '../../dist/random/random.js';
import { countParameters } from './arithmetic.mjs';
import { measuredModel } from './measured-model.mjs';
import { works } from './works.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    work: { type: 'string' },
    config: { type: 'string' },
    'data-dir': { type: 'string' },
    batches: { type: 'string' },
  },
});
const dataDir = /** @type {string} */ (values['data-dir']);
const { config, split, missing } = await openExamples(
  values.work === undefined ? [/** @type {string} */ (values.config)] : works[values.work].configs,
);
if (split.labels.length !== 2) throw new Error(`two labels are needed, got ${split.labels.length}`);
const { batchSize, validationSplit } = config.training;
const { vocabulary, encoded } = await prepareTraining(split, config.text, {
  cacheDir: join(dataDir, 'cache'),
});
const { training } = splitValidation(encoded, {
  validationSplit,
  random: new Random(`validation ${config.seed}`),
});
const random = new Random(`shuffle ${config.seed}`);
const batches = shuffledBatches(training, { batchSize, random })
  .filter((examples) => examples.length === batchSize)
  .slice(0, Number(values.batches))
  .map((examples) => {
    const labels = Array.from(examples, (example) => training.targets.values[example]);
    return { ...padBatch(training, examples), labels };
  });
if (batches.length === 0)
  throw new Error(`${exampleCount(training)} examples are not one batch of ${batchSize}`);

const sizes = measuredModel(config, vocabulary.idCount);
const model = { ...sizes, parameters: countParameters(sizes) };
const listed = batches.map(({ ids, rows, time, lengths, labels }) => {
  return { ids: [...ids], rows, time, lengths: [...lengths], labels };
});
writeFileSync(positionals[0], JSON.stringify({ model, batches: listed }));
console.log(
  JSON.stringify({
    model,
    dataset: config.dataset.name,
    missing,
    examples: split.count,
    batchSize,
    tokens: batches.map(({ lengths }) => lengths.reduce((sum, length) => sum + length, 0)),
    positions: batches.map(({ rows, time }) => rows * time),
  }),
);

/**
 * The training examples of the first config whose data set is there; if none is, the packaged sample, cut as the last one
 * says.
 *
 * @param {readonly (string | object)[]} wanted
 */
async function openExamples(wanted) {
  const filled = await Promise.all(
    wanted.map(async (config) =>
      typeof config === 'string' ? (await loadConfig(config)).config : fillConfig(config, 'benchmark'),
    ),
  );
  const sample = /** @type {const} */ ({ name: 'sample' });
  const candidates = [...filled, { .../** @type {typeof filled[0]} */ (filled.at(-1)), dataset: sample }];
  /** @type {string[]} why the data sets before the one taken were not */
  const missing = [];
  for (const config of candidates) {
    try {
      return { config, split: await openSplit('train', { dataset: config.dataset, dataDir }), missing };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      missing.push(error.message);
    }
  }
  throw new Error(missing.at(-1));
}
