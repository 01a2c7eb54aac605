import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/schema.js';
import { readAll } from '../../src/datasets/read-all.js';
import type { TextSplit } from '../../src/datasets/split.js';
import { prepareContinuation } from '../../src/jobs/prepare-continuation.js';
import { trainInBackground } from '../../src/jobs/train-in-background.js';
import type { TrainRunEvent } from '../../src/jobs/train-run.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { put } from '../datasets/files/own-files.js';
import { temporaryFolder, useCpu } from '../runs/tiny-run.js';
import { continued, fileConfig, newRows, oldRows, trainUntil } from './continued-trainings.js';
import { weightsOf } from './trainings.js';

let folder: string;
let places: { dataDir: string; modelsDir: string };
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
  places = { dataDir: path('data'), modelsDir: path('models') };
  await put(path('old.csv'), oldRows);
  await put(path('new.csv'), newRows);
});
afterAll(() => rm(folder, { recursive: true }));

async function formerOf(
  name: string,
  options: Parameters<typeof fileConfig>[1],
  change: object = {},
): Promise<RunFolder> {
  const config = { ...fileConfig(path('old.csv'), { training: { epochs: 1 }, ...options }), ...change };
  return (await trainUntil({ config, name, ...places })).run;
}

const once = ['training.epochs=1'];

describe('a training that goes on from a run', () => {
  it.each([
    ['subwords', { tokenizer: 'subwords', oovBuckets: 0, vocabularySize: 300 }, 'recurrent'],
    [
      'runs of tokens with ids of their own',
      { ngrams: 2, ngramBuckets: 0, oovBuckets: 0 },
      'averagedEmbedding',
    ],
    ['runs of tokens beside tokens read in order', { ngrams: 2, ngramBuckets: 0, oovBuckets: 2 }, 'wide'],
  ] as const)('keeps a vocabulary of %s as it is', async (_, text, type) => {
    const run = await formerOf(`${type}-fixed`, { type, text });
    const { config, from } = await continued({ run }, path('new.csv'), once);
    const { run: next, events } = await trainUntil({ config, from, name: `${type}-next`, ...places });
    expect(events[0]).toMatchObject({ text: expect.stringContaining('; the vocabulary stays as it is') });
    expect((await next.readVocabulary()).serialize()).toBe((await run.readVocabulary()).serialize());
  });

  it('adds no more words than it may, and only those that are frequent enough', async () => {
    const run = await formerOf('words', {});
    const grownBy = async (grow: number | undefined, set: readonly string[] = []) => {
      const { config, from } = await continued({ run, grow }, path('new.csv'), set);
      const { prepared, record } = await prepareContinuation({ config, ...places }, from);
      return [record.newWords, prepared.vocabulary.knownSize - (await run.readVocabulary()).knownSize];
    };
    expect(await grownBy(0)).toEqual([0, 0]);
    expect(await grownBy(undefined)).toEqual([1, 1]);
    expect(await grownBy(undefined, ['text.minimumCount=37'])).toEqual([0, 0]);
  });

  it('takes the texts of the former data for known ones, too, where foreign ones are told', async () => {
    const textsOf = async (name: string, unknown: Config['unknown']) => {
      const run = await formerOf(name, {}, { unknown });
      const { config, from } = await continued({ run }, path('new.csv'), once);
      const { texts } = await prepareContinuation({ config, ...places }, from);
      return (await readAll(texts as TextSplit)).map(({ text }) => text);
    };
    const [all, known] = [await textsOf('foreign', { quantile: 0.01 }), await textsOf('known', 'none')];
    expect([all.length, known.length]).toEqual([144, 72]);
    expect([all, known].map((texts) => texts.some((text) => / bad /.test(text)))).toEqual([true, false]);
  });

  it('does so in the background, with the same weights', async () => {
    const run = await formerOf('plain', {});
    const options = { ...(await continued({ run, replay: 0.5 }, path('new.csv'), once)), ...places };
    const here = await trainUntil({ ...options, name: 'here' });
    const events: TrainRunEvent[] = [];
    const background = trainInBackground({ ...options, name: 'there', configName: 'test', backend: 'cpu' });
    for await (const event of background) events.push(event);
    const there = events.find((event) => event.type === 'prepared')!.run;
    expect(await weightsOf(there)).toEqual(await weightsOf(here.run));
  });
});
