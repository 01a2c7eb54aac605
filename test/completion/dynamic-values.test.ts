import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer } from '../../src/completion/answer.js';
import { settingCandidates } from '../../src/completion/setting-candidates.js';
import { loadConfig } from '../../src/config/load-config.js';
import { packagedConfigs } from '../../src/config/packaged-configs.js';
import { configRows } from '../../src/reporting/config-rows.js';

const values = async (word: string, config?: string, set: readonly string[] = []) =>
  (await settingCandidates(word, { config, set })).map(({ value }) => value);

describe('keys of --set', () => {
  it('are those of the kind of model that the config has, entry by entry', async () => {
    const keys = await values('', 'gru2');
    expect(keys).toEqual(
      expect.arrayContaining(['seed=', 'model.layers[1].units=', 'unknown=', 'unknown.quantile=']),
    );
    expect(keys).not.toContain('model.weighting=');
    expect(keys).not.toContain('model.layers[2].units=');
    expect(await values('', 'nb-ngrams')).toContain('model.weighting=');
  });

  it('follow what is set already', async () => {
    const keys = await values('', 'gru2', ['training.optimizer.name=adam', 'model={type: conv1d}']);
    expect(keys).toContain('model.kernelSize=');
    expect(keys).not.toContain('model.layers[0].units=');
  });

  it('of every packaged config include every key that the filled config has', async () => {
    for (const { name } of await packagedConfigs()) {
      const keys = await values('', name);
      const rows = configRows((await loadConfig(name)).config).map(([key]) => `${key}=`);
      expect(keys).toEqual(expect.arrayContaining(rows));
    }
  });

  it('are completed without a config, and with one that is not there', async () => {
    expect(await values('')).toContain('training.batchSize=');
    expect(await values('', 'no-such-config')).toContain('training.batchSize=');
  });
});

describe('values of --set', () => {
  it.each<[string, string[]]>([
    ['model.layers[0].cell=', ['gru', 'lstm', 'simpleRnn']],
    ['model.type=', ['recurrent', 'conv1d', 'averagedEmbedding', 'bagOfWords', 'ensemble']],
    ['text.lowercase=', ['true', 'false']],
    ['seed=', []],
    ['no.such=', []],
    ['=', []],
  ])('of %s are %j', async (key, expected) => {
    const found = await values(key, 'gru2');
    expect(found.sort()).toEqual(expected.map((value) => key + value).sort());
  });
});

describe('the answer for a shell', () => {
  const before = process.cwd();
  beforeAll(() => process.chdir('/'));
  afterAll(() => process.chdir(before));

  it('is a line for each candidate that begins as what was typed, its description behind a tab', async () => {
    expect(await answer(['run', 'gru-s'])).toBe('gru-small\tships with the program\n');
    expect(await answer(['config', 'gru2-c'])).toMatch(/^gru2-classic\t[^\n]+\n$/);
  });

  it('is nothing for what is not known', async () => {
    expect(await answer([])).toBe('');
    expect(await answer(['constructor', 'x'])).toBe('');
    expect(await answer(['setting', 'training.batchSize=3', '--config', '--set'])).toBe('');
  });
});
