import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareTraining } from '../../src/batches/prepare-training.js';
import { splitValidation } from '../../src/batches/split-validation.js';
import { fillConfig } from '../../src/config/fill-config.js';
import type { Config } from '../../src/config/schema.js';
import { openSplit } from '../../src/datasets/open-split.js';
import { UserError } from '../../src/errors/user-error.js';
import { evaluateRun } from '../../src/jobs/evaluate-run.js';
import { type TrainRunEvent, type TrainRunOptions, trainRun } from '../../src/jobs/train-run.js';
import { predictProbabilities } from '../../src/model/predict-probabilities.js';
import { Predictor } from '../../src/prediction/predictor.js';
import { Random } from '../../src/random/random.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { figureOf } from '../../src/tasks/figure.js';
import { writeData } from '../batches/write-data.js';
import { numbersOf, temporaryFolder, useCpu } from '../runs/tiny-run.js';
import { senselessExamples, tinyExamples } from '../training/tiny-data.js';
import { tinyTask } from '../training/tiny-task.js';

let folder: string;
let dataDir: string;
let modelsDir: string;
beforeAll(async () => {
  await useCpu();
  folder = await temporaryFolder();
  dataDir = join(folder, 'data');
  modelsDir = join(folder, 'models');
  await writeData(dataDir, { train: tinyExamples(300), test: tinyExamples(60, { seed: 2 }) });
});
afterAll(() => rm(folder, { recursive: true }));

const fastText = { name: 'fastText', learningRate: 1 };
const models = [
  { title: 'averaged embeddings', model: { type: 'averagedEmbedding' }, training: { optimizer: fastText } },
  ...['counts', 'binary', 'tfIdf', 'naiveBayes'].map((weighting) => ({
    title: `a bag of words, ${weighting}`,
    model: { type: 'bagOfWords', weighting, inverseRegularization: 10 },
    training: {},
  })),
];
type Case = (typeof models)[number];

function configOf({ model, training }: Case, changes: object = {}): Config {
  const settings = { epochs: 4, ...training, ...changes };
  return fillConfig({ text: { vocabularySize: 14, oovBuckets: 1 }, model, training: settings }, 'test');
}

/** Trains to the end, or until the signal aborts it after a step, as Ctrl-C does. */
async function trained(
  options: Pick<TrainRunOptions, 'config'> & Partial<TrainRunOptions>,
  interruptAt?: { epoch: number; step: number },
): Promise<{ run: RunFolder; events: TrainRunEvent[] }> {
  const controller = new AbortController();
  const events: TrainRunEvent[] = [];
  const { signal } = controller;
  for await (const event of trainRun({ configName: 'test', dataDir, modelsDir, signal, ...options })) {
    events.push(event);
    const { epoch, step } = event as { epoch?: number; step?: number };
    if (interruptAt && epoch === interruptAt.epoch && step === interruptAt.step) controller.abort();
  }
  return { run: events.find((event) => event.type === 'prepared')!.run, events };
}

const epochsOf = (events: readonly TrainRunEvent[]) => events.filter((event) => event.type === 'epoch');

/** How a training ended, without folder and clock. */
function endOf(events: readonly TrainRunEvent[]) {
  const { type, status, best } = events.at(-1) as Extract<TrainRunEvent, { type: 'finished' }>;
  return { type, status, best };
}

async function weightsOf(run: RunFolder): Promise<number[][]> {
  const model = await run.readModel();
  const numbers = numbersOf(model);
  model.dispose();
  return numbers;
}

/** Lines of metrics.jsonl without what depends on the clock. */
async function epochMetricsOf(run: RunFolder) {
  return (await run.readMetrics())
    .filter(({ type }) => type === 'epoch')
    .map(({ seconds: _seconds, ...record }) => record);
}

describe.each(models)('trainRun of $title', (each) => {
  const name = `${each.title.replaceAll(/\W+/g, '-')}`;

  it('leaves a run that is evaluated and asked like any other', async () => {
    const { run, events } = await trained({ config: configOf(each), name });
    expect(await readdir(run.path)).toEqual(
      expect.arrayContaining(['checkpoint', 'metrics.jsonl', 'model.json', 'weights.bin']),
    );
    expect(events.at(-1)).toMatchObject({ type: 'finished', status: 'completed' });
    const [first, ...others] = epochsOf(events);
    expect(first.training.loss).toBeGreaterThan(others.at(-1)!.training.loss);
    const cacheDir = join(folder, 'cache');
    const evaluation = await evaluateRun(run, { split: 'test', dataDir, cacheDir, batchSize: 16 });
    // The verdict in each example tells its label.
    expect(figureOf(evaluation, 'accuracy')).toBe(1);
    const predictor = await Predictor.open(run);
    const answers = await predictor.predict(['a good film', 'a bad film', 'Unheard words', '']);
    predictor.dispose();
    expect(answers.slice(0, 2).map(({ summary }) => summary)).toEqual(['positive', 'negative']);
    expect(answers.map(({ note }) => note)).toEqual([undefined, undefined, 'no known word', 'empty text']);
    for (const { probability } of answers) expect(probability).toBeGreaterThanOrEqual(0.5);
  });

  it('writes the validation loss of the model that it keeps', async () => {
    const { run, events } = await trained({ config: configOf(each), name: `${name}-loss` });
    const finished = events.at(-1) as Extract<TrainRunEvent, { type: 'finished' }>;
    const { text, dataset, seed, training } = configOf(each);
    const split = await openSplit('train', { dataset, dataDir });
    const { encoded } = await prepareTraining(split, text, { cacheDir: join(dataDir, 'cache') });
    const random = new Random(`validation ${seed}`);
    const { validation } = splitValidation(encoded, { validationSplit: training.validationSplit, random });
    const model = await run.readModel();
    const probabilities = await predictProbabilities(model, validation, { batchSize: 64 });
    model.dispose();
    expect(tinyTask().validate({ outputs: probabilities, targets: validation.targets }).loss).toBe(
      finished.best!.validation!.loss,
    );
  });

  it.each([
    ['in the middle of an epoch', { epoch: 2, step: 37 }],
    ['before the first epoch has ended', { epoch: 1, step: 1 }],
    ['after the last step of an epoch', { epoch: 2, step: 90 }],
  ])('goes on exactly where it was interrupted: %s', async (_when, at) => {
    const place = `${name}-${at.epoch}-${at.step}`;
    const config = configOf(each);
    const whole = await trained({ config, name: `${place}-whole` });
    const part = await trained({ config, name: `${place}-part` }, at);
    expect(part.events.at(-1)).toMatchObject({ status: 'interrupted' });
    expect(epochsOf(part.events)).toHaveLength(at.epoch - 1);
    const rest = await trained({ config: await part.run.readConfig(), resume: part.run });
    expect(rest.events[0]).toMatchObject({ resumed: at });
    expect(endOf(rest.events)).toEqual(endOf(whole.events));
    expect(await weightsOf(part.run)).toEqual(await weightsOf(whole.run));
    expect(await epochMetricsOf(part.run)).toEqual(await epochMetricsOf(whole.run));
  });

  it('gives other weights with another seed, and the same with the same', async () => {
    const config = configOf(each, { epochs: 1 });
    const weights = [];
    for (const seed of [1, 1, 2]) {
      const { run } = await trained({ config: { ...config, seed } });
      weights.push(await weightsOf(run));
    }
    expect(weights[1]).toEqual(weights[0]);
    expect(weights[2]).not.toEqual(weights[0]);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const { run } = await trained({ config: configOf(each, { epochs: 1 }) }, { epoch: 1, step: 5 });
    await trained({ config: await run.readConfig(), resume: run });
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('trainRun', () => {
  const [averaged, bag] = models;

  it('stops when a bag of words has reached its optimum, and has nothing to add when it is resumed', async () => {
    const config = configOf(bag, { epochs: 500 });
    const { run, events } = await trained({ config, name: 'optimum' });
    const epochs = epochsOf(events).length;
    expect(epochs).toBeLessThan(500);
    const weights = await weightsOf(run);
    const again = await trained({ config, resume: run });
    expect(epochsOf(again.events)).toEqual([]);
    expect(again.events.at(-1)).toMatchObject({ status: 'completed', best: { epoch: epochs } });
    expect(await weightsOf(run)).toEqual(weights);
  });

  it('keeps the last epoch of a bag of words, the nearest to its optimum, and the best one of averaged embeddings', async () => {
    const data = join(folder, 'senseless');
    await writeData(data, { train: senselessExamples(60) });
    const changes = { epochs: 25, validationSplit: 0.4 };
    const bestOf = async (config: Config) => {
      const { events } = await trained({ config, dataDir: data });
      const losses = epochsOf(events).map(({ validation }) => validation!.loss);
      const finished = events.at(-1) as Extract<TrainRunEvent, { type: 'finished' }>;
      return { best: finished.best!.epoch, losses };
    };
    const ofBag = await bestOf(configOf(bag, changes));
    expect(ofBag.best).toBe(ofBag.losses.length);
    const ofAverage = await bestOf(
      configOf(averaged, { ...changes, optimizer: { ...fastText, learningRate: 5 } }),
    );
    expect(ofAverage.best).toBe(1 + ofAverage.losses.indexOf(Math.min(...ofAverage.losses)));
    expect(ofAverage.best).toBeLessThan(25);
  });

  it('ends with an error the user can mend when the weights of averaged embeddings run away', async () => {
    const config = configOf(averaged, { optimizer: { ...fastText, learningRate: 1e200 } });
    const failed = trained({ config, name: 'away' });
    await expect(failed).rejects.toThrow(UserError);
    expect(await readdir(modelsDir)).not.toContain('away');
  });
});
