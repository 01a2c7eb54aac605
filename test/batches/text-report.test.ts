import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportOnText } from '../../src/batches/text-report.js';
import { configSchema } from '../../src/config/schema.js';
import { examples } from './split-of.js';
import { writeData } from './write-data.js';

const config = configSchema.parse({
  text: { vocabularySize: 6, oovBuckets: 3 },
  model: { layers: [{ cell: 'gru' }] },
  training: { batchSize: 2 },
});
let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'report-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

const report = () => reportOnText(config, { dataDir, cacheDir: join(dataDir, 'cache') });

describe('reportOnText', () => {
  it('counts the training split and looks at the test split with its vocabulary', async () => {
    await writeData(dataDir, {
      train: examples,
      test: [{ text: 'The worst movie, the very worst', target: 0 }],
    });
    const result = await report();
    expect(result).toMatchObject({
      ...{ dataset: 'acl-imdb', split: 'train', fromCache: false, batchSize: 2 },
      ...{ examples: 12, tokens: 50, distinctTokens: 23, knownTokens: 6, oovBuckets: 3 },
      // Known are The, bad, good, the (4 times each) and best (3 times).
      oovShare: 31 / 50,
      test: { examples: 1, tokens: 6, oovShare: 4 / 6 },
    });
    expect(result.lengths).toMatchObject({ mean: 50 / 12, max: 9 });
    expect(result.paddingEfficiency).toBeGreaterThan(result.paddingEfficiencyWithoutBuckets);
    expect(result.paddingEfficiency).toBeLessThanOrEqual(1);
  });

  it('says the same a second time, out of the cache', async () => {
    await writeData(dataDir, { train: examples, test: examples });
    const { fromCache: _first, ...first } = await report();
    const { fromCache, ...second } = await report();
    expect(fromCache).toBe(true);
    expect(second).toEqual(first);
  });

  it('does without a test split', async () => {
    await writeData(dataDir, { train: examples });
    expect((await report()).test).toBeNull();
  });

  it('tells how to get the examples where there are none', async () => {
    await expect(report()).rejects.toMatchObject({
      name: 'UserError',
      hint: expect.stringContaining('imdb-rnn download'),
    });
  });
});
