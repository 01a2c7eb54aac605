import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillConfig } from '../../src/config/fill-config.js';
import { openSplit } from '../../src/datasets/open-split.js';
import { readAll } from '../../src/datasets/read-all.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { type TrainRunEvent, trainRun } from '../../src/jobs/train-run.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { figureOf } from '../../src/tasks/figure.js';
import { filesSettings, put, sampleReviews, writeInAllFormats } from '../datasets/files/own-files.js';
import { temporaryFolder, useCpu } from '../runs/tiny-run.js';

let folder: string;
let formats: ReadonlyMap<string, object>;
beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
  formats = await writeInAllFormats(join(folder, 'files'), await sampleReviews(60));
});
afterAll(() => rm(folder, { recursive: true }));

let runs = 0;

/** Trains a small model in a data folder of its own, so that nothing is taken from another training's cache. */
async function trained(
  dataset: object,
  { training = {}, ...settings }: { training?: object; task?: string } = {},
) {
  const name = `run-${runs++}`;
  const config = fillConfig(
    {
      dataset: { name: 'files', ...dataset },
      text: { vocabularySize: 200, oovBuckets: 10, maxLength: 20, lengthUnit: 'tokens' },
      model: { embedding: { units: 3 }, layers: [{ cell: 'gru', units: 3 }] },
      training: { epochs: 1, batchSize: 16, ...training },
      ...settings,
    },
    'test',
  );
  const dataDir = join(folder, name);
  const events: TrainRunEvent[] = [];
  for await (const event of trainRun({
    config,
    configName: 'test',
    name,
    dataDir,
    modelsDir: join(folder, 'models'),
  })) {
    events.push(event);
  }
  const prepared = events.find((event) => event.type === 'prepared')!;
  const { run } = prepared;
  return { run, prepared, dataDir, weights: (await readFile(join(run.path, 'weights.bin'))).toString('hex') };
}

const evaluate = (
  run: RunFolder,
  dataDir: string,
  options: Partial<Parameters<typeof evaluateRun>[1]> = {},
) =>
  evaluateRun(run, { split: 'test', dataDir, cacheDir: join(dataDir, 'cache'), batchSize: 16, ...options });

describe("training on files of one's own", () => {
  it('gives the same weights, bit for bit, whatever format the same examples are in', async () => {
    const [reference, ...others] = formats;
    const { weights, prepared } = await trained(reference[1]);
    expect([prepared.trainingExamples, prepared.validationExamples]).toEqual([98, 10]);
    expect(weights).toHaveLength(2 * 4 * prepared.parameters);
    expect(others).toHaveLength(13);
    for (const [title, dataset] of others)
      expect([title, (await trained(dataset)).weights]).toEqual([title, weights]);
  });

  it('keeps what it found out in the settings of the run, so that it can be measured from anywhere', async () => {
    const { run, dataDir } = await trained(formats.get('CSV with semicolons')!);
    const { dataset } = await run.readConfig();
    expect(dataset).toMatchObject({
      train: join(folder, 'files/s.csv'),
      ...{ format: 'csv', delimiter: ';', encoding: 'utf-8', text: 'text', label: 'label' },
    });
    const evaluation = await evaluate(run, dataDir);
    expect([evaluation.split, evaluation.examples]).toEqual(['test', 12]);
  });

  it('uses a file of validation examples in the place of training.validationSplit', async () => {
    const [train, validation] = [
      formats.get('CSV'),
      await put(join(folder, 'v.csv'), 'text,label\ngood,positive\nbad,negative\n'),
    ];
    const { prepared, run, dataDir } = await trained({ ...train, validation });
    expect([prepared.trainingExamples, prepared.validationExamples]).toEqual([108, 2]);
    expect(await evaluate(run, dataDir, { split: 'validation' })).toMatchObject({
      split: 'validation',
      examples: 2,
    });
  });

  it('measures on the examples held out for validation where there is no test split, and says so', async () => {
    const { run, prepared, dataDir } = await trained({ ...formats.get('CSV'), split: { test: 0 } });
    expect([prepared.trainingExamples, prepared.validationExamples]).toEqual([108, 12]);
    const notes: string[] = [];
    const evaluation = await evaluate(run, dataDir, { onNote: (note) => notes.push(note) });
    expect([evaluation.split, evaluation.examples]).toEqual(['validation', 12]);
    expect(notes).toEqual([
      'there is no test split: these are the figures of the examples held out for validation, which chose the epoch',
    ]);
    const epochs = (await run.readMetrics()).filter(({ type }) => type === 'epoch');
    expect(epochs).toHaveLength(1);
    const { loss } = epochs[0].validation as { loss: number };
    expect(figureOf(evaluation, 'loss')).toBeCloseTo(loss, 6);
  });

  it('measures a run on another file without touching what is kept of its test split', async () => {
    const { run, dataDir } = await trained(formats.get('JSONL')!);
    const own = await evaluate(run, dataDir);
    const kept = await readFile(join(run.path, 'evaluation-test.bin'));
    const summary = await readFile(join(run.path, 'run.json'));
    const other = await put(
      join(folder, 'o.csv'),
      'text;label\nnot good;negative\na film;positive\nso good;positive\n',
    );
    const evaluation = await evaluate(run, dataDir, { data: { paths: [other] } });
    expect([own.examples, evaluation.examples]).toEqual([12, 3]);
    expect(await readFile(join(run.path, 'evaluation-test.bin'))).toEqual(kept);
    expect(await readFile(join(run.path, 'run.json'))).toEqual(summary);
  });

  it('trains on three labels', async () => {
    const rows = Array.from(
      { length: 90 },
      (_, row) => `a text of ${['bad', 'fair', 'good'][row % 3]} kind ${row},${(row % 3) + 1}.0`,
    );
    const train = await put(join(folder, 'three.csv'), `text,stars\n${rows.join('\n')}\n`);
    const { run, dataDir } = await trained({ train });
    expect(await run.readLabels()).toEqual(['1', '2', '3']);
    expect(await evaluate(run, dataDir)).toMatchObject({ examples: 9, split: 'test' });
  });

  it('gives lists of labels, which are learnt as such unless the task is one label', async () => {
    const lines = [
      '{"text":"a b","label":["x","y"]}',
      '{"text":"c","label":["x"]}',
      '{"text":"d e","label":[]}',
    ];
    const train = await put(join(folder, 'several.jsonl'), lines.join('\n'));
    const dataset = filesSettings({ train, split: { test: 0 } });
    const split = await openSplit('train', { dataset, dataDir: folder });
    expect(split).toMatchObject({ several: true, labels: ['x', 'y'], count: 3 });
    expect((await readAll(split)).map(({ target }) => target)).toEqual([[0, 1], [0], []]);
    const { run } = await trained({ train, split: { test: 0 } });
    expect((await run.readConfig()).task).toBe('multiLabel');
    await expect(trained({ train, split: { test: 0 } }, { task: 'classification' })).rejects.toThrow(
      'task is classification, one label for each text, but the examples have lists of labels.',
    );
  });
});
