import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Predictions, SplitIdentity } from '../../src/runs/predictions-file.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { temporaryFolder, tinyModel, tinyRun, useCpu } from './tiny-run.js';

beforeAll(useCpu);

const split: SplitIdentity = { name: 'test', contentHash: 'abc', labels: ['negative', 'positive'] };
const predictions: Predictions = {
  outputs: Float32Array.of(0.1, 0.75, 0.5),
  targets: { values: Int32Array.of(0, 1, 1) },
  seconds: 1.5,
  backend: 'wasm',
  threads: 2,
};
let run: RunFolder;
let modelSha256: string;
beforeEach(async () => {
  run = await tinyRun(await temporaryFolder());
  modelSha256 = (await run.modelFacts()).sha256;
  await run.writePredictions(predictions, { modelSha256, split });
});
const read = (changes: Partial<SplitIdentity> = {}) =>
  run.readPredictions({ modelSha256, split: { ...split, ...changes } });

describe('kept predictions', () => {
  it('come back as they were', async () => {
    expect(await read()).toEqual(predictions);
    expect(await readdir(run.path)).toContain('evaluation-test.bin');
  });

  it.each([
    ['examples', { contentHash: 'abd' }],
    ['labels', { labels: ['positive', 'negative'] }],
    ['a split', { name: 'train' as const }],
  ])('are not given for other %s', async (_, changes) => {
    expect(await read(changes)).toBeUndefined();
  });

  it.each(['model.json', 'weights.bin', 'vocabulary.txt', 'labels.txt', 'config.yaml'])(
    'are not given once %s is another one',
    async (name) => {
      const path = join(run.path, name);
      await writeFile(path, `${await readFile(path, 'latin1')} `, 'latin1');
      const { sha256 } = await run.modelFacts();
      expect(sha256).not.toBe(modelSha256);
      expect(await run.readPredictions({ modelSha256: sha256, split })).toBeUndefined();
    },
  );

  it('are not given once the model was trained further', async () => {
    const model = tinyModel({ seed: 2 });
    await run.writeModel(model);
    model.dispose();
    const { sha256 } = await run.modelFacts();
    expect(await run.readPredictions({ modelSha256: sha256, split })).toBeUndefined();
  });

  it('are not given when their file was damaged', async () => {
    const path = join(run.path, 'evaluation-test.bin');
    const content = await readFile(path);
    content[content.length - 60] ^= 1;
    await writeFile(path, content);
    expect(await read()).toBeUndefined();
    await writeFile(path, content.subarray(0, 50));
    expect(await read()).toBeUndefined();
    await rm(path);
    expect(await read()).toBeUndefined();
  });

  it('are no part of what run.json vouches for', async () => {
    const { files } = await run.writeSummary({});
    expect(Object.keys(files)).toEqual([
      ...['config.yaml', 'labels.txt', 'model.json', 'vocabulary.txt', 'weights.bin'],
    ]);
  });
});

describe('what is said of a model without loading it', () => {
  it('is the size of its files and the count of its weights', async () => {
    const { bytes, numbers } = await run.modelFacts();
    const names = ['model.json', 'weights.bin', 'vocabulary.txt', 'labels.txt', 'config.yaml'];
    const sizes = await Promise.all(names.map(async (name) => (await readFile(join(run.path, name))).length));
    expect(bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
    const model = tinyModel();
    expect(numbers).toBe(model.countParams());
    model.dispose();
  });

  it('is refused with the name of a file that is missing', async () => {
    await rm(join(run.path, 'weights.bin'));
    await expect(run.modelFacts()).rejects.toThrow('weights.bin is missing.');
  });
});
