import { beforeAll, describe, expect, it } from 'vitest';
import { describeRun } from '../../src/reporting/describe-run.js';
import { modelCard } from '../../src/reporting/model-card.js';
import { temporaryFolder, tinyConfig, tinyLabels, tinyRun, useCpu } from '../runs/tiny-run.js';
import { metrics } from './run-of.js';

beforeAll(useCpu);

describe('describeRun', () => {
  it("gathers a run's files; what the training tells goes before what run.json holds", async () => {
    const run = await tinyRun(await temporaryFolder());
    for (const record of metrics) await run.appendMetrics(record);
    const summary = await run.writeSummary({ threads: 1, backend: 'wasm' });
    const description = await describeRun(run, { threads: 2, parameters: 124 });
    expect(description).toMatchObject({
      name: 'tiny',
      config: tinyConfig(),
      task: { labels: tinyLabels },
      metrics,
      facts: { threads: 2, backend: 'wasm', parameters: 124, status: 'completed' },
      version: summary.versions['imdb-rnn'],
      created: summary.created,
    });
    expect(modelCard(description)).toContain('- backend wasm, 2 threads');
  });
});
