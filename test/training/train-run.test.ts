import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareTraining } from '../../src/batches/prepare-training.js';
import { splitValidation } from '../../src/batches/split-validation.js';
import { fillConfig } from '../../src/config/fill-config.js';
import { openSplit } from '../../src/datasets/open-split.js';
import { UserError } from '../../src/errors/user-error.js';
import { type TrainRunEvent, type TrainRunOptions, trainRun } from '../../src/jobs/train-run.js';
import { predictProbabilities } from '../../src/model/predict-probabilities.js';
import { Random } from '../../src/random/random.js';
import { findRun } from '../../src/runs/find-run.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { useVariant } from '../backends/backend-variants.js';
import { writeData } from '../batches/write-data.js';
import { numbersOf, temporaryFolder } from '../runs/tiny-run.js';
import { learningConfig, senselessExamples, tinyExamples } from './tiny-data.js';
import { tinyTask } from './tiny-task.js';

let folder: string;
let dataDir: string;
let modelsDir: string;
beforeAll(async () => {
  // One thread: which thread computes what is train.test.ts' matter, and a busy machine does not slow this down.
  await useVariant({ title: '', name: 'wasm', options: { threads: 1 } });
  folder = await temporaryFolder();
  dataDir = join(folder, 'data');
  modelsDir = join(folder, 'models');
  await writeData(dataDir, { train: tinyExamples(100) });
});
afterAll(() => rm(folder, { recursive: true }));

interface Trained {
  run: RunFolder;
  events: TrainRunEvent[];
}

/** How a training ended, without folder and clock. */
function endOf({ events }: Pick<Trained, 'events'>) {
  const { type, status, best } = events.at(-1) as Extract<TrainRunEvent, { type: 'finished' }>;
  return { type, status, best };
}

/** Three epochs of 23 steps, so that steps fill one line of metrics.jsonl and begin another. */
const config = () => learningConfig({ epochs: 3, batchSize: 4, optimizer: { learningRate: 0.01 } });

/** Trains until `stop` says so, which ends the training as a kill would, or else to its end. */
async function trainUntil(
  options: Partial<TrainRunOptions>,
  stop: (event: TrainRunEvent) => boolean = () => false,
): Promise<Trained> {
  const events: TrainRunEvent[] = [];
  for await (const event of trainRun({
    config: config(),
    configName: 'test',
    dataDir,
    modelsDir,
    ...options,
  })) {
    events.push(event);
    if (stop(event)) break;
  }
  const prepared = events.find((event) => event.type === 'prepared')!;
  return { run: prepared.run, events };
}

/** Trains until the signal aborts it after a step, as Ctrl-C does. */
function trainAndInterrupt(
  options: Partial<TrainRunOptions>,
  at: { epoch: number; step: number },
): Promise<Trained> {
  const controller = new AbortController();
  return trainUntil({ ...options, signal: controller.signal }, (event) => {
    if (event.type === 'step' && event.epoch === at.epoch && event.step === at.step) controller.abort();
    return false;
  });
}

const resumed = async (run: RunFolder) => trainUntil({ config: await run.readConfig(), resume: run });

/** Lines of metrics.jsonl without what depends on the clock. */
async function metricsOf(run: RunFolder, type?: string) {
  const records = await run.readMetrics();
  return records
    .filter((record) => type === undefined || record.type === type)
    .map(({ seconds: _seconds, examplesPerSecond: _rate, ...record }) => record);
}

async function weightsOf(run: RunFolder): Promise<number[][]> {
  const model = await run.readModel();
  const numbers = numbersOf(model);
  model.dispose();
  return numbers;
}

/** All of the checkpoint but the time it took. */
async function checkpointOf(run: RunFolder) {
  const { weights, slots, state } = (await run.readCheckpoint())!;
  const numbers = [...weights, ...slots].map(({ name, tensor }) => [name, [...tensor.dataSync()]]);
  for (const { tensor } of [...weights, ...slots]) tensor.dispose();
  return { numbers, state: { ...(state as object), seconds: 0 } };
}

async function expectSameTraining(run: RunFolder, whole: RunFolder): Promise<void> {
  expect(await weightsOf(run)).toEqual(await weightsOf(whole));
  expect(await checkpointOf(run)).toEqual(await checkpointOf(whole));
  expect(await metricsOf(run, 'epoch')).toEqual(await metricsOf(whole, 'epoch'));
}

let whole: Trained;
beforeAll(async () => {
  whole = await trainUntil({ name: 'whole' });
});

describe('trainRun', () => {
  it('leaves a run folder with config, vocabulary, labels, best model, checkpoint and metrics', async () => {
    const { run, events } = whole;
    expect(events[0]).toMatchObject({
      type: 'prepared',
      trainingExamples: 90,
      validationExamples: 10,
      knownTokens: 13,
      resumed: undefined,
    });
    expect(events.at(-1)).toMatchObject({
      type: 'finished',
      status: 'completed',
      best: { epoch: expect.any(Number) },
    });
    expect(await readdir(run.path)).toEqual(
      expect.arrayContaining([
        'checkpoint',
        'config.yaml',
        'labels.txt',
        'metrics.jsonl',
        'model.json',
        'vocabulary.txt',
        'weights.bin',
      ]),
    );
    expect(await run.readConfig()).toEqual(config());
    expect(await run.readLabels()).toEqual(['negative', 'positive']);
    expect((await findRun(modelsDir)).name).toBe('whole');
  });

  it('writes a line of metrics for every 20 steps and one for every epoch', async () => {
    const metrics = await metricsOf(whole.run);
    expect(metrics.map(({ type, epoch, step }) => [type, epoch, step])).toEqual(
      [1, 2, 3].flatMap((epoch) => [
        ['step', epoch, 20],
        ['step', epoch, 23],
        ['epoch', epoch, undefined],
      ]),
    );
    const losses = whole.events.filter((event) => event.type === 'step').map((event) => event.loss);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(metrics[0].loss).toBeCloseTo(mean(losses.slice(0, 20)), 12);
    expect(metrics[1].loss).toBeCloseTo(mean(losses.slice(20, 23)), 12);
    expect(metrics[2]).toMatchObject({ validation: { loss: expect.any(Number) }, best: true });
  });

  it('takes the examples from the cache the second time, and trains the same model, bit for bit', async () => {
    const again = await trainUntil({ name: 'again' });
    expect(again.events[0]).toMatchObject({ fromCache: true });
    await expectSameTraining(again.run, whole.run);
    expect(await metricsOf(again.run)).toEqual(await metricsOf(whole.run));
  });

  it.each([
    { epoch: 1, step: 3 },
    { epoch: 2, step: 7 },
    { epoch: 2, step: 20 },
    { epoch: 2, step: 23 },
    { epoch: 3, step: 23 },
  ])('goes on after an interruption at $epoch, $step as if it had never been', async (at) => {
    const name = `interrupted-${at.epoch}-${at.step}`;
    const { run, events } = await trainAndInterrupt({ name }, at);
    expect(events.at(-1)).toMatchObject({ type: 'finished', status: 'interrupted' });
    const rest = await resumed(run);
    expect(rest.events[0]).toMatchObject({ type: 'prepared', resumed: at });
    expect(rest.events.filter((event) => event.type === 'step')).toHaveLength(
      69 - (at.epoch - 1) * 23 - at.step,
    );
    expect(rest.events.at(-1)).toMatchObject({ type: 'finished', status: 'completed' });
    await expectSameTraining(run, whole.run);
  });

  it.each([
    {
      what: 'dropout everywhere, two directions, normalization, a residual connection and attention',
      model: {
        embedding: { units: 6, dropout: 0.2 },
        layers: [
          {
            cell: 'lstm',
            units: 3,
            bidirectional: 'concat',
            recurrentDropout: 0.3,
            layerNormalization: true,
          },
          { cell: 'gru', units: 6, dropout: 0.2, recurrentDropout: 0.1, residual: true },
        ],
        pooling: 'attention',
        dropout: 0.3,
      },
    },
    {
      what: 'simple cells, summed directions and three poolings side by side',
      model: {
        embedding: { units: 5 },
        layers: [{ cell: 'simpleRnn', units: 4, bidirectional: 'sum', dropout: 0.3 }],
        pooling: 'lastMaxMean',
      },
    },
    {
      what: 'a convolution',
      model: {
        type: 'conv1d',
        embedding: { units: 4, dropout: 0.2 },
        filters: 5,
        kernelSize: 2,
        dropout: 0.2,
      },
    },
  ])('repeats, resumed or not, bit for bit, with $what', async ({ what, model }) => {
    const settings = fillConfig({ ...config(), model }, 'test');
    const name = what.replaceAll(/[^a-z]/g, '');
    const uninterrupted = await trainUntil({ config: settings, name });
    const { run } = await trainAndInterrupt({ config: settings, name: `${name}-cut` }, { epoch: 2, step: 7 });
    await resumed(run);
    await expectSameTraining(run, uninterrupted.run);
    // The kept model answers, so its saved layers could be loaded: as many weights as were trained.
    expect((await weightsOf(run)).flat().every(Number.isFinite)).toBe(true);
  });

  it('tells the same metrics of a training that was interrupted, but for a line that the interruption cut in two', async () => {
    const { run } = await trainAndInterrupt({ name: 'cut' }, { epoch: 2, step: 7 });
    await resumed(run);
    const steps = await metricsOf(run, 'step');
    expect(steps.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 20],
      [1, 23],
      [2, 7],
      [2, 20],
      [2, 23],
      [3, 20],
      [3, 23],
    ]);
    const [first, second] = [steps[2].loss as number, steps[3].loss as number];
    const expected = await metricsOf(whole.run, 'step');
    expect((7 * first + 13 * second) / 20).toBeCloseTo(expected[2].loss as number, 12);
    const joined = { ...steps[3], loss: expected[2].loss };
    expect(steps.toSpliced(2, 2, joined)).toEqual(expected);
  });

  it.each([
    { epoch: 1, step: 5 },
    { epoch: 2, step: 21 },
  ])('goes on after a kill at $epoch, $step from the end of the epoch before', async (at) => {
    const { run } = await trainUntil({ name: `killed-${at.epoch}` }, (event) => {
      return event.type === 'step' && event.epoch === at.epoch && event.step === at.step;
    });
    const rest = await resumed(run);
    const from = at.epoch === 1 ? undefined : { epoch: at.epoch, step: 0 };
    expect(rest.events[0]).toMatchObject({ type: 'prepared', resumed: from });
    await expectSameTraining(run, whole.run);
    expect(await metricsOf(run)).toEqual(await metricsOf(whole.run));
  });

  it('has nothing left to do for a run that is complete', async () => {
    const { run } = await trainUntil({ name: 'complete' });
    const before = await metricsOf(run);
    const rest = await resumed(run);
    expect(rest.events.map(({ type }) => type)).toEqual(['prepared', 'finished']);
    expect(endOf(rest)).toEqual(endOf(whole));
    expect(await metricsOf(run)).toEqual(before);
    await expectSameTraining(run, whole.run);
  });

  it('keeps the weights of the best epoch when it is interrupted, and those of the moment before the first has ended', async () => {
    const early = await trainAndInterrupt({ name: 'early' }, { epoch: 1, step: 3 });
    expect(endOf(early)).toEqual({ type: 'finished', status: 'interrupted', best: undefined });
    const checkpoint = await checkpointOf(early.run);
    const weights = await weightsOf(early.run);
    expect(checkpoint.numbers.slice(0, weights.length).map(([, numbers]) => numbers)).toEqual(weights);

    const first = await trainUntil({
      name: 'first',
      config: { ...config(), training: { ...config().training, epochs: 1 } },
    });
    const late = await trainAndInterrupt({ name: 'late' }, { epoch: 2, step: 9 });
    expect(late.events.at(-1)).toMatchObject({ status: 'interrupted', best: { epoch: 1 } });
    expect(await weightsOf(late.run)).toEqual(await weightsOf(first.run));
  });

  it('keeps the epoch of the lowest validation loss, not the last one', async () => {
    const data = join(folder, 'senseless');
    await writeData(data, { train: senselessExamples(60) });
    const settings = { epochs: 15, batchSize: 8, validationSplit: 0.4, optimizer: { learningRate: 0.05 } };
    const options = { config: learningConfig(settings), name: 'senseless', dataDir: data };
    const { run, events } = await trainUntil(options);
    const epochs = events.filter((event) => event.type === 'epoch');
    const lowest = Math.min(...epochs.map(({ validation }) => validation!.loss));
    const best = epochs.find(({ validation }) => validation!.loss === lowest)!;
    expect(epochs.at(-1)!.validation!.loss).toBeGreaterThan(lowest + 0.05);
    expect(events.at(-1)).toMatchObject({ best: { epoch: best.epoch, validation: { loss: lowest } } });

    const { dataset, text, seed, training } = options.config;
    const split = await openSplit('train', { dataset, dataDir: data });
    const { encoded } = await prepareTraining(split, text, { cacheDir: join(data, 'cache') });
    const { validationSplit } = training;
    const { validation } = splitValidation(encoded, {
      validationSplit,
      random: new Random(`validation ${seed}`),
    });
    const model = await run.readModel();
    const probabilities = await predictProbabilities(model, validation, { batchSize: 8 });
    model.dispose();
    expect(tinyTask().validate({ outputs: probabilities, targets: validation.targets }).loss).toBe(lowest);
  });

  it('trains on everything without a validation split, and keeps the last epoch', async () => {
    const settings = { epochs: 2, batchSize: 16, validationSplit: 0 };
    const { run, events } = await trainUntil({ name: 'everything', config: learningConfig(settings) });
    expect(events[0]).toMatchObject({ trainingExamples: 100, validationExamples: 0 });
    expect(endOf({ events })).toEqual({ type: 'finished', status: 'completed', best: { epoch: 2 } });
    const { numbers } = await checkpointOf(run);
    const weights = await weightsOf(run);
    expect(numbers.slice(0, weights.length).map(([, values]) => values)).toEqual(weights);
  });

  it('ends with an error the user can mend when the weights run away, and leaves no run to predict with', async () => {
    const settings = { epochs: 2, batchSize: 16, optimizer: { learningRate: 1e300 } };
    const failed = trainUntil({ name: 'away', config: learningConfig(settings) });
    await expect(failed).rejects.toThrow(UserError);
    await expect(findRun(modelsDir, 'away')).rejects.toThrow(UserError);
    expect((await findRun(modelsDir)).name).not.toBe('away');
  });

  it('refuses a name that is taken before it trains', async () => {
    await expect(trainUntil({ name: 'whole' })).rejects.toThrow(/whole is already there/);
    expect(await metricsOf(whole.run)).toHaveLength(9);
  });

  it('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const settings = { epochs: 1, batchSize: 16 };
    await trainUntil({ name: 'tidy', config: learningConfig(settings) });
    expect(tf.memory().numTensors).toBe(before);
  });
});
