import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import type { Config } from '../../src/config/schema.js';
import { UserError } from '../../src/errors/user-error.js';
import { trainRun } from '../../src/jobs/train-run.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { lockRun } from '../../src/runs/run-lock.js';
import { put } from '../datasets/files/own-files.js';
import { temporaryFolder, useCpu } from '../runs/tiny-run.js';
import { continued, fileConfig, newRows, oldRows, trainUntil } from './continued-trainings.js';

let folder: string;
let places: { dataDir: string; modelsDir: string };
let former: RunFolder;
let several: RunFolder;
let words: RunFolder;
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
  places = { dataDir: path('data'), modelsDir: path('models') };
  await put(path('old.csv'), oldRows);
  await put(path('new.csv'), newRows);
  await put(path('lists.csv'), newRows.replaceAll('positive', 'positive|support'));
  const training = { epochs: 1 };
  const config = fileConfig(path('old.csv'), { training });
  former = (await trainUntil({ config, name: 'former', ...places })).run;
  const dataset = { name: 'files', train: path('lists.csv'), labelSeparator: '|' };
  const lists = fillConfig({ ...config, dataset }, 'test');
  several = (await trainUntil({ config: lists, name: 'several', ...places })).run;
  const bag = fillConfig({ dataset: config.dataset, model: { type: 'bagOfWords' } }, 'test');
  words = (await trainUntil({ config: bag, name: 'words', ...places })).run;
});
afterAll(() => rm(folder, { recursive: true }));

/** The message and the hint with which a training from a run ends before it begins. */
async function refusal(
  run: RunFolder,
  file: string,
  change: (config: Config) => object = () => ({}),
): Promise<string> {
  const { config, from } = await continued({ run }, path(file));
  const changed = { ...config, ...change(config) } as Config;
  try {
    for await (const _ of trainRun({ config: changed, from, configName: 'test', ...places })) break;
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    const { message, hint } = error as UserError;
    return `${message}\n${hint}`;
  }
  return 'it was not refused';
}

describe('a training that goes on from a run', () => {
  it('refuses a bag of words, and says to train on both files', async () => {
    expect(await refusal(words, 'new.csv')).toMatch(/solved anew on all that it sees.*--data OLD NEW/s);
  });

  it('refuses another task, in both directions', async () => {
    const lists = ({ dataset }: Config) => ({ dataset: { ...dataset, labelSeparator: '|' } });
    expect(await refusal(former, 'lists.csv', lists)).toContain(
      'The new data has lists of labels, but the former run gives each text one label.',
    );
    const single = ({ dataset }: Config) => ({ dataset: { ...dataset, labelSeparator: undefined } });
    expect(await refusal(several, 'new.csv', single)).toContain(
      'The new data gives each text one label, but the former run tells several labels of a text.',
    );
  });

  it('goes on with several labels of a text where the former run has such', async () => {
    const options = await continued({ run: several }, path('lists.csv'), ['training.epochs=1']);
    const { run } = await trainUntil({ ...options, name: 'several-more', ...places });
    expect(await run.readLabels()).toEqual(['positive', 'support']);
  });

  it('refuses settings by which texts are read, or the model is built, otherwise, and names them', async () => {
    const otherwise = ({ text, model }: Config) => ({
      text: { ...text, lowercase: true, minimumCount: 2 },
      model: { ...model, dropout: 0.5 },
    });
    const said = await refusal(former, 'new.csv', otherwise);
    expect(said).toContain('  text.lowercase: false -> true\n  model.dropout: 0 -> 0.5\n');
    expect(said).not.toContain('minimumCount:');
  });

  it('refuses data with other labels that is no file, and columns beside the text', async () => {
    const sample = () => ({ dataset: { name: 'sample' } });
    expect(await refusal(several, 'lists.csv', () => ({ ...sample() }))).toContain(
      'gives each text one label',
    );
    const { run } = await trainUntil({
      ...(await continued({ run: former }, path('new.csv'), ['training.epochs=1'])),
      ...{ name: 'three', ...places },
    });
    expect(await refusal(run, 'new.csv', sample)).toContain(
      "The new data has the labels negative, positive, but the former run's are negative, positive, support.",
    );
    const features = ({ dataset }: Config) => ({
      dataset: { ...dataset, features: { numeric: [], categorical: ['label'], categories: [['positive']] } },
    });
    expect(await refusal(former, 'new.csv', features)).toContain('columns beside the text');
  });

  it('refuses a run that is being trained', async () => {
    const lock = await lockRun(former.path, 'training');
    try {
      expect(await refusal(former, 'new.csv')).toContain('is being trained by');
    } finally {
      await lock.release();
    }
  });
});
