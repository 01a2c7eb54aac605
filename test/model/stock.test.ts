import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { buildModel } from '../../src/model/build-model.js';
import { createRun } from '../../src/runs/create-run.js';
import { backendVariants, useVariant } from '../backends/backend-variants.js';
import { collect } from '../cli/run-cli.js';
import { expectValues } from '../layers/expect-values.js';
import { temporaryFolder, tinyLabels, tinyVocabulary } from '../runs/tiny-run.js';
import { tinyTask } from '../training/tiny-task.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const ids = [
  [3, 1, 4, 11, 5],
  [2, 7, 0, 0, 0],
  [0, 0, 0, 0, 0],
];
let folder: string;

beforeAll(async () => {
  await useVariant(backendVariants[1]);
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));

/** Saves a model of two layers in a run folder. */
async function saved(resetAfter: boolean): Promise<{ path: string; expected: Float32Array }> {
  const layers = [7, 5].map((units) => ({ cell: 'gru', units, resetAfter }));
  const config = fillConfig({ model: { embedding: { units: 6 }, layers } }, 'test');
  const model: LayersModel = buildModel(config.model, {
    idCount: tinyVocabulary.idCount,
    task: tinyTask(),
    seed: 3,
  });
  const run = await createRun(folder, {
    name: `reset-after-${resetAfter}`,
    config,
    vocabulary: tinyVocabulary,
    labels: tinyLabels,
  });
  await run.writeModel(model);
  const expected = tf.tidy(() =>
    (model.predict(tf.tensor2d(ids, undefined, 'int32')) as tf.Tensor).dataSync<'float32'>(),
  );
  model.dispose();
  return { path: run.path, expected };
}

function predictElsewhere(path: string, nodeOptions: string[] = []) {
  const program = join(root, 'test', 'model', 'stock-predictions.mjs');
  return collect(
    spawn(process.execPath, [...nodeOptions, program, path, JSON.stringify(ids)], { cwd: root }),
  );
}

describe('a saved model', () => {
  it('with the reset gate before gives the same in a program that has nothing but stock TF.js', async () => {
    const { path, expected } = await saved(false);
    const { code, stdout, stderr } = await predictElsewhere(path);
    expect([code, stderr]).toEqual([0, '']);
    const { backend, probabilities } = JSON.parse(stdout);
    expect(backend).toBe('cpu');
    expectValues(probabilities, expected, 1e-5);
    expect(new Set(expected).size).toBe(3);
  });

  it('with the reset gate after is refused by stock TF.js, and loads once our layers are imported', async () => {
    const { path, expected } = await saved(true);
    const stock = await predictElsewhere(path);
    expect(stock.code).toBe(1);
    expect(stock.stderr).toContain('reset_after');
    const { code, stdout, stderr } = await predictElsewhere(path, ['--import', 'imdb-rnn/backend']);
    expect([code, stderr]).toEqual([0, '']);
    expectValues(JSON.parse(stdout).probabilities, expected, 1e-5);
  });
});
