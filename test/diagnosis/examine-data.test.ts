import { mkdir, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { examineData } from '../../src/diagnosis/examine-data.js';
import { examples } from '../batches/split-of.js';
import { writeData } from '../batches/write-data.js';
import { temporaryFolder } from '../runs/tiny-run.js';

const statesOf = async (dataDir: string) =>
  (await examineData(dataDir)).splits.map(({ dataset, split, state }) => `${dataset} ${split} ${state}`);

describe('the data sets of a folder', () => {
  it('are missing where there is nothing', async () => {
    expect(await statesOf(join(await temporaryFolder(), 'none'))).toEqual([
      ...['acl-imdb train missing', 'acl-imdb test missing'],
      ...['keras-imdb train missing', 'keras-imdb test missing'],
    ]);
  });

  it('are whole where every example was read', async () => {
    const dataDir = await temporaryFolder();
    await writeData(dataDir, { train: examples, test: examples.slice(0, 4) });
    const { splits } = await examineData(dataDir);
    expect(splits.slice(0, 2)).toEqual([
      { dataset: 'acl-imdb', split: 'train', state: 'whole', examples: 12 },
      { dataset: 'acl-imdb', split: 'test', state: 'whole', examples: 4 },
    ]);
  });

  it('that are cut short, changed or not data at all are unusable, with the reason', async () => {
    const dataDir = await temporaryFolder();
    await writeData(dataDir, { train: examples, test: examples.slice(0, 4) });
    const folder = join(dataDir, 'aclImdb');
    expect(await readdir(folder)).toContain('train.jsonl');
    await truncate(join(folder, 'train.jsonl'), 100);
    await mkdir(join(dataDir, 'keras-imdb'));
    for (const file of ['imdb.npz', 'imdb_word_index.json'])
      await writeFile(join(dataDir, 'keras-imdb', file), 'x');
    const { splits } = await examineData(dataDir);
    expect(splits.map(({ state }) => state)).toEqual(['unusable', 'whole', 'unusable', 'unusable']);
    expect(splits[0].problem).toContain('train.jsonl');
    expect(splits[2].problem).toContain('imdb.npz');
  });
});
