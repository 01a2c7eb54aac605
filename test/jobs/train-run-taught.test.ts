import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { exampleCount, exampleLength } from '../../src/batches/encoded-split.js';
import { fillConfig } from '../../src/config/fill-config.js';
import type { Config } from '../../src/config/schema.js';
import { openSplit } from '../../src/datasets/open-split.js';
import { keptPredictions } from '../../src/evaluation/predict-run.js';
import { crossValidate } from '../../src/jobs/cross-validate.js';
import { type PreparedData, prepareData } from '../../src/jobs/prepare-data.js';
import { writeData } from '../batches/write-data.js';
import { tinyExamples } from '../training/tiny-data.js';
import {
  config,
  dataDir,
  expectSameTraining,
  folder,
  modelsDir,
  prepareTrainings,
  resumed,
  trainAndInterrupt,
  trainUntil,
  whole,
} from './trainings.js';

prepareTrainings();
/** The last text has a word that no other has. */
const unlabelled = [...tinyExamples(30).map(({ text }) => text), 'unheard unheard unheard'];
const taughtBy = (run: string): Config => {
  const plain = config();
  return { ...plain, training: { ...plain.training, teacher: { run } } };
};

beforeAll(async () => {
  const texts = unlabelled.map((text) => ({ text, target: -1 }));
  await writeData(dataDir, { train: tinyExamples(100), unsupervised: texts });
});

describe('a training with a teacher', () => {
  const prepare = (given: Config): Promise<PreparedData> => prepareData(given, { dataDir, modelsDir });

  it('learns the texts without labels as the teacher answers them, as much as it is sure', async () => {
    const taught = await prepare(taughtBy('whole'));
    const plain = await prepare(config());
    const own = exampleCount(plain.training);
    expect(exampleCount(taught.training)).toBe(own + unlabelled.length);
    const split = await openSplit('unsupervised', { dataset: taught.config.dataset, dataDir });
    const { outputs } = (await keptPredictions(whole.run, split))!;
    const { targets, weights } = taught.training;
    expect([...targets.values.subarray(0, own)]).toEqual([...plain.training.targets.values]);
    expect([...weights!.subarray(0, own)].every((weight) => weight === 1)).toBe(true);
    outputs.forEach((output, text) => {
      expect(targets.values[own + text]).toBe(Number(output > 0.5));
      expect(weights![own + text]).toBeCloseTo(Math.abs(2 * output - 1), 6);
    });
  });

  it('knows their words, and holds out the same examples as without a teacher', async () => {
    const taught = await prepare(taughtBy('whole'));
    const plain = await prepare(config());
    expect(taught.vocabulary.isOov(taught.vocabulary.id('unheard'))).toBe(false);
    expect(plain.vocabulary.isOov(plain.vocabulary.id('unheard'))).toBe(true);
    expect(taught.validation.targets).toEqual(plain.validation.targets);
    const lengths = ({ validation }: PreparedData) =>
      Array.from({ length: exampleCount(validation) }, (_, example) => exampleLength(validation, example));
    expect(lengths(taught)).toEqual(lengths(plain));
    expect(taught.validation.weights).toBeUndefined();
  });

  it('goes on as it would have gone on without an end', async () => {
    const straight = await trainUntil({ name: 'taught', config: taughtBy('whole') });
    const [told] = straight.events.filter((event) => event.type === 'note');
    expect(told).toMatchObject({ text: expect.stringMatching(/^31 texts without a label .*whole answers/) });
    const { run } = await trainAndInterrupt(
      { name: 'taught-too', config: taughtBy('whole') },
      { epoch: 2, step: 7 },
    );
    await resumed(run);
    await expectSameTraining(run, straight.run);
  });

  it('needs a run that was trained, with the same labels', async () => {
    await expect(prepare(taughtBy('nobody'))).rejects.toThrow(/nobody/);
    const path = join(folder, 'weather.csv');
    const rows = tinyExamples(20).map(({ text, target }) => `${text},${['cold', 'warm'][target as number]}`);
    await writeFile(path, `text,label\n${rows.join('\n')}\n`);
    const dataset = { name: 'files', train: path, split: { test: 0 } };
    const other = fillConfig({ ...config(), dataset }, 'test');
    await trainUntil({ name: 'weather', config: other });
    await expect(prepare(taughtBy('weather'))).rejects.toThrow(
      /weather answers cold, warm, but the labels of the data are negative, positive/,
    );
  });

  it('needs texts without labels', async () => {
    const sample = { ...taughtBy('whole'), dataset: { name: 'sample' as const } };
    await expect(prepare(sample)).rejects.toMatchObject({
      message: expect.stringContaining('unsupervised'),
    });
  });

  it('does not go with cross-validation', async () => {
    const folds = crossValidate(taughtBy('whole'), { folds: 2, dataDir });
    await expect(folds.next()).rejects.toThrow(/whole, which has learnt from examples of every fold/);
  });
});
