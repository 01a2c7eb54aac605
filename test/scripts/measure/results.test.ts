import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
// @ts-expect-error: plain JavaScript without declarations
import { appendResult, readResults, resultsOf, settingsHash } from '../../../scripts/measure/results.mjs';
import { fillConfig } from '../../../src/config/fill-config.js';
import { temporaryFolder } from '../../runs/tiny-run.js';

const newFile = async () => join(await temporaryFolder(), 'new', 'results.jsonl');
const result = (seed: number, changes: object = {}) => ({
  ...{ config: 'gru2', settings: 'a', seed, accuracy: 0.7 + seed / 100 },
  ...changes,
});

describe('the file of results', () => {
  it('gives back what was added, in its order; nothing before', async () => {
    const path = await newFile();
    expect(readResults(path)).toEqual([]);
    appendResult(path, result(1));
    appendResult(path, result(2));
    expect(readResults(path)).toEqual([result(1), result(2)]);
  });

  it('outlives a line that was cut off', async () => {
    const path = await newFile();
    appendResult(path, result(1));
    await appendFile(path, '{"config":"gru2","se');
    expect(readResults(path)).toEqual([result(1)]);
    appendResult(path, result(2));
    expect(readResults(path)).toEqual([result(1), result(2)]);
    expect((await readFile(path, 'utf8')).endsWith('}\n')).toBe(true);
  });
});

describe('results of one config', () => {
  it('are those of its present settings, the last of each seed', () => {
    const all = [
      result(2),
      result(1, { accuracy: 0.1 }),
      result(1),
      result(3, { settings: 'b' }),
      result(3, { config: 'lstm' }),
    ];
    expect(resultsOf(all, { config: 'gru2', settings: 'a' })).toEqual([result(1), result(2)]);
  });

  it('do not depend on the seed, nor on where the data lies, but on every other setting', () => {
    const hashOf = (config: object) =>
      settingsHash(fillConfig({ model: { type: 'bagOfWords' }, ...config }, 'test'));
    const keras = { name: 'keras-imdb', numWords: 100 };
    expect(hashOf({ seed: 2 })).toBe(hashOf({}));
    expect(hashOf({ dataset: { ...keras, path: 'here' } })).toBe(hashOf({ dataset: keras }));
    expect(hashOf({ dataset: keras })).not.toBe(hashOf({ dataset: { ...keras, numWords: 101 } }));
    expect(hashOf({ training: { epochs: 6 } })).not.toBe(hashOf({}));
  });
});
