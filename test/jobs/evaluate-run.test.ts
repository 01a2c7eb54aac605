import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeTexts } from '../../src/batches/encode-texts.js';
import { targetsOf } from '../../src/batches/targets.js';
import { evaluate } from '../../src/evaluation/evaluate.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { createRun } from '../../src/runs/create-run.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { examples } from '../batches/split-of.js';
import { writeData } from '../batches/write-data.js';
import { temporaryFolder, tinyConfig, tinyModel, tinyRun, tinyVocabulary, useCpu } from '../runs/tiny-run.js';
import { tinyTask } from '../training/tiny-task.js';

let dataDir: string;
let run: RunFolder;
beforeAll(async () => {
  await useCpu();
  dataDir = await temporaryFolder();
  await writeData(dataDir, { train: examples, test: examples.slice(0, 5) });
  run = await tinyRun(await temporaryFolder());
});
const options = () => ({ dataDir, cacheDir: join(dataDir, 'cache'), batchSize: 4 });

describe('evaluateRun', () => {
  it.each([
    ['test', 5],
    ['train', 12],
  ] as const)("measures the run's model on the %s split, read with its vocabulary", async (split, count) => {
    const told: number[] = [];
    const result = await evaluateRun(run, {
      ...options(),
      split,
      onStart: (total) => told.push(total),
      onProgress: (done) => told.push(done),
    });
    const read = examples.slice(0, count);
    const encoded = {
      ...encodeTexts(
        read.map(({ text }) => text),
        tinyVocabulary,
      ),
      targets: targetsOf(read.map(({ target }) => target)),
    };
    const expected = await evaluate(tinyModel(), encoded, { task: tinyTask(), batchSize: 4 });
    expect({ ...result, seconds: 0, examplesPerSecond: 0 }).toMatchObject({
      ...expected,
      seconds: 0,
      examplesPerSecond: 0,
    });
    expect(told[0]).toBe(count);
    expect(told.at(-1)).toBe(count);
  });

  it('gives the same figures from the cache', async () => {
    const [first, second] = [
      await evaluateRun(run, { ...options(), split: 'test' }),
      await evaluateRun(run, { ...options(), split: 'test' }),
    ];
    expect(second.figures).toEqual(first.figures);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await evaluateRun(run, { ...options(), split: 'test' });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses data with other labels than the run has', async () => {
    const other = await createRun(await temporaryFolder(), {
      name: 'other',
      config: tinyConfig(),
      vocabulary: tinyVocabulary,
      labels: ['sad', 'happy'],
    });
    await other.writeModel(tinyModel());
    await expect(evaluateRun(other, { ...options(), split: 'test' })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('tells sad, happy apart, but the test split has negative, positive'),
    });
  });
});
