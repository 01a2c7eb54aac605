import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { trainRun } from '../../src/jobs/train-run.js';
import { predictionRecord } from '../../src/prediction/prediction-record.js';
import { Predictor } from '../../src/prediction/predictor.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { temporaryFolder, useCpu } from '../runs/tiny-run.js';

let folder: string;
beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));

const settings = { dataset: { name: 'sample' }, model: { type: 'bagOfWords' }, training: { epochs: 1 } };

async function trained(unknown: unknown, name: string): Promise<RunFolder> {
  const config = fillConfig({ ...settings, unknown }, 'test');
  const options = { config, configName: 'test', name, dataDir: join(folder, 'data'), modelsDir: folder };
  let run: RunFolder | undefined;
  for await (const event of trainRun(options)) if (event.type === 'finished') run = event.run;
  return run!;
}

it('a run that was trained with unknown answers foreign texts with none of its labels', async () => {
  const run = await trained({ quantile: 0.1 }, 'knowing');
  const predictor = await Predictor.open(run);
  const [own, foreign, empty] = await predictor.predict([
    'This film is one of the best that I have seen in years, and the actors are great.',
    'xq zzv kjw pq vvx qqj wxk zq jjkq xxv qwz pvk zzx qjw',
    '',
  ]);
  predictor.dispose();
  expect(own.unknown).toBe(false);
  expect(predictionRecord(own).label).toMatch(/^(positive|negative)$/);
  expect(predictionRecord(foreign)).toMatchObject({ label: null, unknown: true });
  expect(foreign.foreignness).toBeGreaterThan(own.foreignness!);
  expect(empty).toMatchObject({ unknown: false, note: 'empty text' });
  expect(empty).not.toHaveProperty('foreignness');
  const { survey } = await evaluateRun(run, {
    ...{ split: 'test', dataDir: join(folder, 'data'), cacheDir: join(folder, 'cache'), batchSize: 16 },
  });
  expect(survey!.unknown).toBeGreaterThanOrEqual(0);
  expect(survey!.unknown).toBeLessThan(survey!.extent.texts);
  const { files } = (await run.readSummary())!;
  expect(files).toHaveProperty('foreignness.bin');
});

it('a run that was trained without it has no such file, and says nothing of foreignness', async () => {
  const run = await trained('none', 'plain');
  expect(await run.readForeignness()).toBeUndefined();
  const predictor = await Predictor.open(run);
  const [answer] = await predictor.predict(['xq zzv kjw pq']);
  predictor.dispose();
  expect(predictionRecord(answer)).not.toHaveProperty('unknown');
});
