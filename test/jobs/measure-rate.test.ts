import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/use-backend.js';
import { parseConfig } from '../../src/config/parse-config.js';
import { measureRate } from '../../src/jobs/measure-rate.js';
import { examples } from '../batches/split-of.js';

const labels = ['negative', 'positive'];
const configOf = async (name: string, overrides: readonly string[] = []) =>
  parseConfig(await readFile(`configs/${name}.yaml`, 'utf8'), name, { overrides }).config;

beforeAll(() => useBackend('wasm', { threads: 1 }));

describe('measureRate', () => {
  it.each(['nb-ngrams', 'averaged-embedding'])('learns by %s for a moment', async (name) => {
    const rate = await measureRate(await configOf(name, ['text.minimumCount=1']), examples, {
      ...{ labels, forSeconds: 0.05 },
    });
    expect(rate.learntPerSecond).toBeGreaterThan(0);
    expect(rate.countedPerSecond).toBeGreaterThan(0);
    expect(Number.isFinite(rate.learntPerSecond)).toBe(true);
  });

  it('learns by gradients, also where there is one step in all', async () => {
    const config = await configOf('gru-small', ['training.epochs=1', 'training.batchSize=32']);
    const rate = await measureRate(config, examples, { labels, forSeconds: 0.05 });
    // One step of all twelve examples is all that was measured.
    expect(rate.learntPerSecond * rate.seconds).toBeCloseTo(examples.length, 6);
  });

  it('stops when its time is over, long before the training would', async () => {
    const config = await configOf('gru-small', ['training.epochs=100000', 'training.batchSize=2']);
    const rate = await measureRate(config, examples, { labels, forSeconds: 0.2 });
    expect(rate.learntPerSecond * rate.seconds).toBeLessThan(100_000 * examples.length);
  });
});
