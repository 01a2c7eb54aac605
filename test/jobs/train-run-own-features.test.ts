import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { type TrainRunEvent, trainRun } from '../../src/jobs/train-run.js';
import { featureColumnsOf } from '../../src/model/joined-features.js';
import { figureOf } from '../../src/tasks/figure.js';
import { temporaryFolder, useCpu } from '../runs/tiny-run.js';

let folder: string;
beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
});
afterAll(() => rm(folder, { recursive: true }));

const texts = ['the film was a story', 'people and their dog', 'a film of people', 'their story'];
const rows = Array.from({ length: 160 }, (_, i) => {
  const isGood = i % 5 === 0;
  const price = isGood ? 1_000 + i : 200 - i / 2;
  const cells = [texts[i % 4], isGood ? 'good' : 'bad', price, ['red', 'blue'][i % 2], i % 4 === 0 ? 0.5 : 1];
  return cells.join(',');
});

it('learns from weights and columns beside the texts of own files', async () => {
  const file = join(folder, 'shop.csv');
  await writeFile(file, `text,verdict,price,colour,counts\n${rows.join('\n')}\n`);
  const config = fillConfig(
    {
      dataset: {
        ...{ name: 'files', train: file, text: 'text', label: 'verdict', weight: 'counts' },
        features: { numeric: ['price'], categorical: ['colour'] },
        split: { test: 0.2 },
      },
      text: { vocabularySize: 20, oovBuckets: 1 },
      model: { embedding: { units: 3 }, layers: [{ cell: 'gru', units: 3 }] },
      training: { epochs: 10, batchSize: 8, classWeights: 'balanced', optimizer: { learningRate: 0.05 } },
    },
    'test',
  );
  const places = { dataDir: join(folder, 'data'), modelsDir: join(folder, 'models') };
  const events: TrainRunEvent[] = [];
  for await (const event of trainRun({ ...places, config, configName: 'shop' })) events.push(event);
  const finished = events.at(-1) as Extract<TrainRunEvent, { type: 'finished' }>;
  const { run } = finished;
  const model = await run.readModel();
  expect(featureColumnsOf(model)).toEqual([
    { name: 'price', kind: 'numeric' },
    { name: 'colour=blue', kind: 'category' },
    { name: 'colour=red', kind: 'category' },
  ]);
  const [mean, deviation] = model.getWeights().slice(-2);
  expect([...mean.dataSync()].slice(1)).toEqual([0, 0]);
  expect(deviation.dataSync()[0]).toBeGreaterThan(100);
  model.dispose();
  const evaluation = await evaluateRun(run, {
    ...{ split: 'test', dataDir: places.dataDir, cacheDir: join(folder, 'cache'), batchSize: 16 },
  });
  expect(figureOf(evaluation, 'accuracy')).toBe(1);
});
