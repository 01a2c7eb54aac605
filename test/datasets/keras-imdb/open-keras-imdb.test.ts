import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeSplit } from '../../../src/batches/encode-split.js';
import { prepareTraining } from '../../../src/batches/prepare-training.js';
import type { KerasImdbSettings } from '../../../src/datasets/keras-imdb/settings.js';
import { hasSplit, openSplit } from '../../../src/datasets/open-split.js';
import { readAll } from '../../../src/datasets/read-all.js';
import { textConfig } from '../../text/text-config.js';
import { temporaryFolder } from '../temporary-folder.js';
import { goldenFolder, kerasConfig, readKerasGolden } from './keras-golden.js';

/** A data folder with the small data set that Keras' golden values are about. */
async function dataFolder(): Promise<string> {
  const dataDir = await temporaryFolder();
  const folder = join(dataDir, 'keras-imdb');
  await mkdir(folder);
  await copyFile(join(goldenFolder, 'small.npz'), join(folder, 'imdb.npz'));
  await copyFile(join(goldenFolder, 'word-index.json'), join(folder, 'imdb_word_index.json'));
  return dataDir;
}

const open = (
  dataDir: string,
  dataset: KerasImdbSettings = kerasConfig(),
  name: 'train' | 'test' = 'train',
) => openSplit(name, { dataset, dataDir });
const text = textConfig({ lengthUnit: 'tokens', maxLength: 5, keep: 'end' });

describe('a split of keras-imdb', () => {
  it("gives Keras' ids, cut, and a vocabulary that names them, the second time from the cache", async () => {
    const dataDir = await dataFolder();
    const [, golden] = readKerasGolden('small');
    const dataset = kerasConfig(golden.settings);
    const cacheDir = join(dataDir, 'cache');
    for (const fromCache of [false, true]) {
      const prepared = await prepareTraining(await open(dataDir, dataset), text, { cacheDir });
      const { ids, offsets, targets } = prepared.encoded;
      const lists = golden.xTrain.map((_, row) => [...ids.subarray(offsets[row], offsets[row + 1])]);
      expect(lists).toEqual(golden.xTrain.map((list) => list.slice(-5)));
      expect(targets).toEqual({ values: Int32Array.from(golden.yTrain) });
      expect(prepared.fromCache).toBe(fromCache);
      expect(prepared.statistics).toMatchObject({ examples: 31, tokens: ids.length });
      expect(prepared.statistics.mostCommon[0][0]).toBe('<unk>');
      const { vocabulary } = prepared;
      expect([vocabulary.idCount, vocabulary.token(1), vocabulary.token(19)]).toEqual([
        20,
        '<sos>',
        'word16',
      ]);
      const test = await encodeSplit(await open(dataDir, dataset, 'test'), { vocabulary, cacheDir });
      expect([...test.ids]).toEqual(golden.xTest.flatMap((list) => list.slice(-5)));
    }
  });

  it('can be read as words', async () => {
    const split = await open(await dataFolder());
    const [first] = await readAll(split);
    const [golden] = readKerasGolden('small');
    expect(golden.xTrain[0]).toEqual([1, 54, 6, 29]);
    expect(first).toEqual({ text: '<sos> word51 word3 word26', target: golden.yTrain[0] });
    expect([split.count, split.labels]).toEqual([31, ['negative', 'positive']]);
  });

  it('has another hash with other settings or another file, the same from another folder', async () => {
    const dataDir = await dataFolder();
    const { contentHash } = await open(dataDir);
    const path = join(dataDir, 'keras-imdb');
    expect((await open('elsewhere', { ...kerasConfig(), path })).contentHash).toBe(contentHash);
    expect((await open(dataDir, kerasConfig({ seed: 1 }))).contentHash).not.toBe(contentHash);
    await copyFile(join(goldenFolder, 'protocol-3.npz'), join(path, 'imdb.npz'));
    expect((await open(dataDir)).contentHash).not.toBe(contentHash);
  });

  it('says how to get the files when one is not there', async () => {
    const dataDir = await temporaryFolder();
    await expect(open(dataDir)).rejects.toMatchObject({
      message: expect.stringContaining('imdb.npz is not there'),
      hint: expect.stringContaining('imdb-rnn download --dataset keras-imdb'),
    });
    await expect(open(dataDir, { ...kerasConfig(), path: dataDir })).rejects.toMatchObject({
      hint: expect.stringContaining('dataset.path names a folder'),
    });
    expect(await hasSplit('test', { dataset: kerasConfig(), dataDir })).toBe(false);
  });

  it('names the file that is damaged', async () => {
    const dataDir = await dataFolder();
    const index = join(dataDir, 'keras-imdb', 'imdb_word_index.json');
    await writeFile(index, '[]');
    await expect(readAll(await open(dataDir))).rejects.toThrow(`${index}: it is no JSON object`);
    const npz = join(dataDir, 'keras-imdb', 'imdb.npz');
    await writeFile(npz, 'no archive');
    await expect(open(dataDir)).rejects.toThrow(`${npz}: it is no .npz file`);
  });

  it.each(['unsupervised', 'validation'] as const)('has no %s split', async (name) => {
    const dataDir = await dataFolder();
    await expect(openSplit(name, { dataset: kerasConfig(), dataDir })).rejects.toThrow(
      `keras-imdb has no ${name} split, only train and test.`,
    );
  });
});
