import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { prepareTraining } from '../../src/batches/prepare-training.js';
import { splitValidation } from '../../src/batches/split-validation.js';
import { openSplit } from '../../src/datasets/open-split.js';
import { UserError } from '../../src/errors/user-error.js';
import { predictProbabilities } from '../../src/model/predict-probabilities.js';
import { Random } from '../../src/random/random.js';
import { findRun } from '../../src/runs/find-run.js';
import { writeData } from '../batches/write-data.js';
import { learningConfig, senselessExamples } from '../training/tiny-data.js';
import { tinyTask } from '../training/tiny-task.js';
import {
  checkpointOf,
  config,
  endOf,
  expectSameTraining,
  folder,
  metricsOf,
  modelsDir,
  prepareTrainings,
  trainUntil,
  weightsOf,
  whole,
} from './trainings.js';

prepareTrainings();

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
    expect(await run.readConfig()).toEqual({ ...config(), task: 'classification' });
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
    await expect(failed).rejects.toThrow(
      /in step \d of epoch 1: .*\. It learnt from "[a-z ]+", "[a-z ]+", "[a-z ]+" and \d+ more$/,
    );
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
