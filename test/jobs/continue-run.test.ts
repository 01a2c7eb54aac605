import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EncodedSplit, exampleCount, idsOfExample } from '../../src/batches/encoded-split.js';
import { measureForgetting } from '../../src/jobs/measure-forgetting.js';
import { prepareContinuation } from '../../src/jobs/prepare-continuation.js';
import { prepareData } from '../../src/jobs/prepare-data.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { openTask } from '../../src/tasks/open-task.js';
import { runIdsOf } from '../../src/text/run-ids.js';
import type { Vocabulary } from '../../src/text/vocabulary.js';
import { createLearner } from '../../src/training/create-learner.js';
import { put } from '../datasets/files/own-files.js';
import { temporaryFolder, useCpu } from '../runs/tiny-run.js';
import {
  answers,
  continued,
  fileConfig,
  filesOf,
  models,
  newRows,
  oldRows,
  sameRows,
  trainUntil,
} from './continued-trainings.js';
import { checkpointOf, expectSameTraining } from './trainings.js';

let folder: string;
let places: { dataDir: string; modelsDir: string };
const formers = new Map<string, RunFolder>();
const path = (name: string) => join(folder, name);
const former = (type = 'recurrent') => formers.get(type)!;

beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
  places = { dataDir: path('data'), modelsDir: path('models') };
  await put(path('old.csv'), oldRows);
  await put(path('new.csv'), newRows);
  await put(path('same.csv'), sameRows);
  for (const type of Object.keys(models) as (keyof typeof models)[]) {
    const config = fileConfig(path('old.csv'), { type });
    formers.set(type, (await trainUntil({ config, name: type, ...places })).run);
  }
});
afterAll(() => rm(folder, { recursive: true }));

const texts = [
  'the film good',
  'a story bad of people 7',
  'parcel splendid dreary',
  'lamp the parcel good bad',
  '',
];

/** What the former model and the one that begins from it say of texts. */
async function beforeAndAfter(type: string, file: string) {
  const run = former(type);
  const { config, from } = await continued({ run }, path(file));
  const { prepared, initialize } = await prepareContinuation({ config, ...places }, from);
  const { training, split, vocabulary } = prepared;
  const task = openTask(prepared.config.task, split.labels);
  const learner = await createLearner({
    ...{ config: prepared.config, task, training, initialize },
    ...{ idCount: vocabulary.idCount, runIds: runIdsOf(vocabulary) },
  });
  const model = await run.readModel();
  const before = await answers(model, await run.readVocabulary(), texts);
  const after = await answers(learner.model, vocabulary, texts);
  model.dispose();
  learner.dispose();
  return { before, after, labels: split.labels, vocabulary };
}

describe.each(Object.keys(models))('a %s model that goes on from a run', (type) => {
  it('answers every text as before until it has learnt, new words or not', async () => {
    const { before, after, labels, vocabulary } = await beforeAndAfter(type, 'same.csv');
    expect(labels).toEqual(['negative', 'positive']);
    expect(vocabulary.token(vocabulary.id('splendid'))).toBe('splendid');
    expect(after).toHaveLength(texts.length);
    for (const [text, value] of before.entries()) expect(after[text]).toBeCloseTo(value, 6);
  });

  it('keeps the odds of the former labels beside new ones, which come after them', async () => {
    const { before, after, labels } = await beforeAndAfter(type, 'new.csv');
    expect(labels).toEqual(['negative', 'positive', 'support']);
    for (const [text, value] of before.entries()) {
      const [negative, positive, support] = after.subarray(3 * text, 3 * text + 3);
      expect(positive / (negative + positive)).toBeCloseTo(value, 6);
      expect(support).toBeGreaterThan(0);
      expect(support).toBeLessThan(0.5);
    }
  });

  it('learns the new label, in a run of its own: the former one stays as it was', async () => {
    const files = await filesOf(former(type).path);
    const options = await continued({ run: former(type) }, path('new.csv'), ['training.epochs=30']);
    const { run } = await trainUntil({ ...options, name: `${type}-more`, ...places });
    expect(await run.readLabels()).toEqual(['negative', 'positive', 'support']);
    const backend = { name: 'cpu', threads: 1 };
    const changed = await measureForgetting(run, { ...{ dataDir: places.dataDir, backend, batchSize: 8 } });
    expect(changed).toMatchObject({
      former: type,
      old: { examples: 8, figures: expect.arrayContaining([expect.objectContaining({ name: 'accuracy' })]) },
      new: {
        recalls: expect.arrayContaining([expect.objectContaining({ label: 'support', before: 0, after: 1 })]),
      },
    });
    expect(await filesOf(former(type).path)).toEqual(files);
    expect((await run.readSummary())?.from).toMatchObject({
      ...{ run: type, path: join('..', type), newLabels: ['support'], replay: 0 },
      modelSha256: (await former(type).modelFacts()).sha256,
    });
  });
});

describe('a training that goes on from a run', () => {
  it.each(['the first step', 'a later step'])(
    'can be killed at %s and resumed, with the same weights',
    async (at) => {
      const options = await continued({ run: former(), replay: 0.5 }, path('new.csv'));
      const name = at.replaceAll(' ', '-');
      const whole = await trainUntil({ ...options, name: `${name}-whole`, ...places });
      const isTime = at === 'the first step' ? 'prepared' : 'epoch';
      const { run } = await trainUntil({ ...options, name, ...places }, ({ type }) => type === isTime);
      const config = await run.readConfig();
      const rest = await trainUntil({ config, resume: run, ...places });
      expect(rest.events.at(-1)).toMatchObject({ type: 'finished', status: 'completed' });
      await expectSameTraining(run, whole.run);
    },
  );

  it('learns a share of the former examples again, drawn by the seed, and keeps some for validation', async () => {
    const prepare = async (replay: number, set: readonly string[] = []) => {
      const { config, from } = await continued({ run: former(), replay }, path('new.csv'), set);
      return (await prepareContinuation({ config, ...places }, from)).prepared;
    };
    const none = await prepare(0);
    const [half, again] = [await prepare(0.5), await prepare(0.5)];
    const other = await prepare(0.5, ['seed=2']);
    const countOf = ({ training, validation }: typeof half) =>
      training.targets.values.length + validation.targets.values.length;
    expect(countOf(half) - countOf(none)).toBe(36);
    expect(none.validation.targets.values).not.toContain(0);
    expect(half.validation.targets.values).toContain(0);
    expect(again.split.contentHash).toBe(half.split.contentHash);
    expect(again.training).toEqual(half.training);
    expect(new Set([none, half, other].map(({ split }) => split.contentHash)).size).toBe(3);
  });

  it('chooses its best epoch by former examples that no model has learnt from', async () => {
    const { config, from } = await continued({ run: former(), replay: 1 }, path('new.csv'));
    const { prepared } = await prepareContinuation({ config, ...places }, from);
    const before = await prepareData(await former().readConfig(), places);
    const textsOf = (examples: EncodedSplit, vocabulary: Vocabulary) =>
      Array.from({ length: exampleCount(examples) }, (_, place) =>
        Array.from(idsOfExample(examples, place), (id) => vocabulary.token(id) ?? '?').join(' '),
      );
    const held = textsOf(before.validation, before.vocabulary);
    expect(held).toHaveLength(8);
    expect(textsOf(prepared.validation, prepared.vocabulary)).toEqual(expect.arrayContaining(held));
    expect(exampleCount(prepared.validation)).toBe(16);
  });

  it('goes on from a run that went on itself, and replays what both have learnt', async () => {
    const first = await continued({ run: former() }, path('new.csv'));
    const second = await trainUntil({ ...first, name: 'second', ...places });
    const options = await continued({ run: second.run, replay: 1 }, path('same.csv'));
    const third = await trainUntil({ ...options, name: 'third', ...places });
    expect(await third.run.readLabels()).toEqual(['negative', 'positive', 'support']);
    expect(third.events[0]).toMatchObject({ type: 'note', text: expect.stringContaining('no new label') });
    expect(third.events[1]).toMatchObject({
      text: '144 examples of files, files are learnt again, of 216 in all',
    });
  });

  it('says why a table is missing where the former run is gone or another one by now', async () => {
    const { run: gone } = await trainUntil({ config: fileConfig(path('old.csv')), name: 'gone', ...places });
    const options = await continued({ run: gone }, path('same.csv'), ['training.epochs=1']);
    const { run } = await trainUntil({ ...options, name: 'left', ...places });
    await rm(gone.path, { recursive: true });
    const backend = { name: 'cpu', threads: 1 };
    expect(await measureForgetting(run, { dataDir: places.dataDir, backend, batchSize: 8 })).toMatchObject({
      old: { missing: `${gone.path} is gone` },
    });
    expect(
      await measureForgetting(former(), { dataDir: places.dataDir, backend, batchSize: 8 }),
    ).toBeUndefined();
  });

  it('cannot be resumed without its checkpoint, not even by force: nothing else has its first weights', async () => {
    const options = await continued({ run: former() }, path('same.csv'));
    const { run } = await trainUntil({ ...options, name: 'lost', ...places }, ({ type }) => type === 'epoch');
    expect((await checkpointOf(run)).numbers.length).toBeGreaterThan(0);
    await rm(join(run.path, 'checkpoint'), { recursive: true });
    const config = await run.readConfig();
    await expect(trainUntil({ config, resume: run, force: true, ...places })).rejects.toThrow(
      'has lost its checkpoint, which alone has the weights that it began with',
    );
  });

  it('leaves no tensor behind', async () => {
    const options = await continued({ run: former() }, path('new.csv'), ['training.epochs=1']);
    const before = tf.memory().numTensors;
    await trainUntil({ ...options, name: 'tidy', ...places });
    expect(tf.memory().numTensors).toBe(before);
  });
});
