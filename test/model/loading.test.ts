import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { buildModel } from '../../src/model/build-model.js';
import { describeRun } from '../../src/reporting/describe-run.js';
import { modelCard } from '../../src/reporting/model-card.js';
import { createRun } from '../../src/runs/create-run.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { expectValues } from '../layers/expect-values.js';
import { temporaryFolder, tinyLabels, tinyVocabulary } from '../runs/tiny-run.js';
import { tinyTask } from '../training/tiny-task.js';

const program = fileURLToPath(new URL('stock-predictions.mjs', import.meta.url));
/** Padded, one of them by all but a word. */
const ids = [
  [3, 1, 4, 11, 5, 2, 6],
  [2, 7, 0, 0, 0, 0, 0],
  [9, 0, 0, 0, 0, 0, 0],
];

let folder: string;
beforeAll(async () => {
  await useVariant(backendVariants[1]);
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));

const predict = (model: LayersModel) =>
  tf.tidy(() => (model.predict(tf.tensor2d(ids, undefined, 'int32')) as tf.Tensor).dataSync<'float32'>());

const isAveraged = (model: object) => 'type' in model && model.type === 'averagedEmbedding';

async function saved(name: string, model: object): Promise<{ run: RunFolder; expected: Float32Array }> {
  const training = isAveraged(model) ? { training: { optimizer: { name: 'fastText' } } } : {};
  const config = fillConfig({ text: { oovBuckets: 3 }, model, ...training }, 'test');
  const built = buildModel(config.model, { idCount: tinyVocabulary.idCount, task: tinyTask(), seed: 3 });
  // Not the first weights: some are zeros.
  const weights = built.getWeights().map((weight, place) => {
    return tf.add(weight, tf.randomUniform(weight.shape, -0.5, 0.5, 'float32', place + 1));
  });
  built.setWeights(weights);
  const run = await createRun(folder, { name, config, vocabulary: tinyVocabulary, labels: tinyLabels });
  await run.writeModel(built);
  const expected = predict(built);
  tf.dispose(weights);
  built.dispose();
  return { run, expected };
}

/** What another program makes of a saved model: its probabilities, or what it says and leaves with code 1. */
async function elsewhere(run: RunFolder, nodeOptions: string[] = []) {
  const args = [...nodeOptions, program, run.path, JSON.stringify(ids)];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return { probabilities: JSON.parse(stdout).probabilities as number[] };
  } catch (error) {
    return { error: (error as { stderr: string }).stderr };
  }
}

const sizes = { embedding: { units: 6 } };
const lstm = { cell: 'lstm', units: 5 };
const before = { cell: 'gru', units: 5, resetAfter: false };
const stock: [string, object][] = [
  ['lstm', { ...sizes, layers: [lstm, lstm] }],
  ['simple', { ...sizes, layers: [{ cell: 'simpleRnn', units: 5 }] }],
  ['both-ways', { ...sizes, layers: [{ ...lstm, bidirectional: 'concat' }, before] }],
  ['both-ways-last', { ...sizes, layers: [before, { ...before, bidirectional: 'sum' }], dropout: 0.2 }],
  ['normalized', { embedding: { units: 5 }, layers: [{ ...lstm, layerNormalization: true }, before] }],
];
const own: [string, object, string][] = [
  ['gru', { ...sizes, layers: [{ cell: 'gru', units: 5 }] }, 'GRU with `resetAfter`'],
  [
    'gru-both-ways',
    { ...sizes, layers: [{ cell: 'gru', units: 5, bidirectional: 'average' }] },
    'GRU with `resetAfter`',
  ],
  ['residual', { embedding: { units: 5 }, layers: [{ ...lstm, residual: true }, before] }, '`MaskedAdd`'],
  ['mean', { ...sizes, layers: [lstm], pooling: 'mean' }, '`MaskedAveragePooling1D`'],
  ['max', { ...sizes, layers: [lstm], pooling: 'max' }, '`MaskedMaxPooling1D`'],
  ['three', { ...sizes, layers: [lstm], pooling: 'lastMaxMean' }, '`LastMaxMeanPooling`'],
  ['attention', { ...sizes, layers: [lstm], pooling: 'attention' }, '`AttentionPooling`'],
  ['averaged', { type: 'averagedEmbedding', ...sizes }, '`MaskedAveragePooling1D`'],
  ['conv1d', { type: 'conv1d', ...sizes, filters: 4 }, '`MaskedConv1D`, `MaskedMaxPooling1D`'],
];
const cardOf = async (run: RunFolder) => modelCard(await describeRun(run, {}));

describe('a model card tells what can load the model:', () => {
  it.each(stock)('stock TensorFlow.js, which gives the same with padding: %s', async (name, model) => {
    const { run, expected } = await saved(name, model);
    expect(await cardOf(run)).toContain('which stock TensorFlow.js loads with `tf.loadLayersModel`.');
    const { error, probabilities } = await elsewhere(run);
    expect(error).toBeUndefined();
    expectValues(probabilities!, expected, 1e-5);
  });

  it.each(own)('our layers, without which it is refused: %s', async (name, model, kinds) => {
    const { run, expected } = await saved(name, model);
    expect(await cardOf(run)).toContain(
      `with layers of imdb-rnn (${kinds}): \`tf.loadLayersModel\` loads it`,
    );
    expect((await elsewhere(run)).error).toMatch(/reset_after|Unknown layer/);
    const { probabilities } = await elsewhere(run, ['--import', 'imdb-rnn/backend']);
    expectValues(probabilities!, expected, 1e-5);
  });
});

describe('a model of version 0.1.0, whose own layers have the names of stock ones,', () => {
  it.each(own.filter(([, , kinds]) => kinds.startsWith('`Masked')))(
    'is read as it was meant: %s',
    async (name, model) => {
      const { run, expected } = await saved(`former-${name}`, model);
      const path = join(run.path, 'model.json');
      const text = await readFile(path, 'utf8');
      const former = text
        .replaceAll(/"Masked(Conv1D|Add)"/g, '"$1"')
        .replaceAll(/"Masked(Average|Max)Pooling1D"/g, '"Global$1Pooling1D"');
      expect(former).not.toBe(text);
      await writeFile(path, former);
      const read = await run.readModel();
      expect(predict(read)).toEqual(expected);
      read.dispose();
      expect(await cardOf(run)).toContain(
        'but throws or gives other numbers where texts are padded. Use it with imdb-rnn.',
      );
    },
  );
});
