// Makes the batches that all contenders get: the first ones of a training by a config.
//
//   node scripts/bench/make-batches.mjs OUTPUT.json --config gru2 --data-dir data --batches 100
//
// A program of its own: on Linux a process begins with the peak memory of the one that started it, so the program that
// starts the contenders must stay small.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { padBatch } from '../../dist/batches/pad-batch.js';
import { prepareTraining } from '../../dist/batches/prepare-training.js';
import { shuffledBatches } from '../../dist/batches/shuffled-batches.js';
import { splitValidation } from '../../dist/batches/split-validation.js';
import { loadConfig } from '../../dist/config/load-config.js';
import { openSplit } from '../../dist/datasets/open-split.js';
import { UserError } from '../../dist/errors/user-error.js';
import { Random } from '../../dist/random/random.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { config: { type: 'string' }, 'data-dir': { type: 'string' }, batches: { type: 'string' } },
});
const dataDir = /** @type {string} */ (values['data-dir']);
const { config } = await loadConfig(/** @type {string} */ (values.config));
const { split, whySample } = await openReviews();
if (split.labels.length !== 2) throw new Error(`two labels are needed, got ${split.labels.length}`);
const { batchSize, validationSplit, optimizer } = config.training;
const { vocabulary, encoded } = await prepareTraining(split, config.text, {
  cacheDir: join(dataDir, 'cache'),
});
const { training } = splitValidation(encoded, {
  validationSplit,
  random: new Random(`validation ${config.seed}`),
});
const random = new Random(`shuffle ${config.seed}`);
const batches = shuffledBatches(training, { batchSize, random })
  .filter((reviews) => reviews.length === batchSize)
  .slice(0, Number(values.batches))
  .map((reviews) => padBatch(training, reviews));
if (batches.length === 0)
  throw new Error(`${training.labels.length} reviews are not one batch of ${batchSize}`);

const model = {
  idCount: vocabulary.idCount,
  embeddingUnits: config.model.embedding.units,
  layers: config.model.layers,
  learningRate: optimizer.learningRate,
};
const listed = batches.map(({ ids, rows, time, lengths, labels }) => {
  return { ids: [...ids], rows, time, lengths: [...lengths], labels: [...labels] };
});
writeFileSync(positionals[0], JSON.stringify({ model, batches: listed }));
console.log(
  JSON.stringify({
    model,
    dataset: whySample === undefined ? config.dataset.name : 'sample',
    whySample,
    reviews: split.count,
    batchSize,
    tokens: batches.map(({ lengths }) => lengths.reduce((sum, length) => sum + length, 0)),
    positions: batches.map(({ rows, time }) => rows * time),
  }),
);

/** The config's training reviews, or the packaged sample where they are not there. */
async function openReviews() {
  try {
    return { split: await openSplit('train', { dataset: config.dataset, dataDir }) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      split: await openSplit('train', { dataset: { name: 'sample' }, dataDir }),
      whySample: error.message,
    };
  }
}
