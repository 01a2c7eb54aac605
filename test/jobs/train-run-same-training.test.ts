import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { Config } from '../../src/config/schema.js';
import { trainRun } from '../../src/jobs/train-run.js';
import { RunFolder } from '../../src/runs/run-folder.js';
import { writeData } from '../batches/write-data.js';
import { tinyExamples } from '../training/tiny-data.js';
import { interrupted, textsOf, withTraining } from './interrupted-runs.js';
import {
  config,
  dataDir,
  expectSameTraining,
  folder,
  metricsOf,
  modelsDir,
  prepareTrainings,
  resumed,
  trainUntil,
  weightsOf,
  whole,
} from './trainings.js';

prepareTrainings();

describe('checkpoints while a training goes on', () => {
  it('change no weight, and metrics hold each step once, wherever the training goes on', async () => {
    // Always due: each step seems to take very long.
    const clock = { ms: 0 };
    const now = vi.spyOn(performance, 'now').mockImplementation(() => clock.ms);
    const settings = {
      config: withTraining({ checkpoint: { seconds: 1 } }),
      configName: 'test',
      dataDir,
      modelsDir,
    };
    const placeOf = async (run: RunFolder) => {
      const { state, weights, slots } = (await run.readCheckpoint())!;
      for (const { tensor } of [...weights, ...slots]) tensor.dispose();
      const { epoch, step } = state as { epoch: number; step: number };
      return { epoch, step };
    };
    let last: { epoch: number; step: number } | undefined;
    let killed: RunFolder | undefined;
    for await (const event of trainRun({ ...settings, name: 'killed' })) {
      clock.ms += 1e9;
      if (event.type === 'prepared') killed = event.run;
      if (event.type !== 'step' || event.epoch < 2) continue;
      await setTimeout(50);
      last = await placeOf(killed!);
      if (last.epoch === 2 && last.step % 20 > 0) break;
    }
    expect([last?.epoch, last?.step]).toEqual([2, expect.any(Number)]);
    now.mockRestore();
    const rest = await resumed(killed!);
    expect(rest.events.find((event) => event.type === 'prepared')).toMatchObject({ resumed: last });
    await expectSameTraining(killed!, whole.run);
    expect(await metricsOf(killed!)).toEqual(await metricsOf(whole.run));
    const saved = await trainUntil({ ...settings, name: 'saved' });
    expect(await weightsOf(saved.run)).toEqual(await weightsOf(whole.run));
  });

  it('leave one checkpoint when the training has ended', async () => {
    expect(await readdir(join(whole.run.path, 'checkpoint'))).toHaveLength(2);
  });
});

describe('a training that goes on with other settings or examples', () => {
  it('is refused when the settings are others, with each key that differs', async () => {
    const run = await interrupted();
    const before = await run.readSummary();
    const changed = { ...withTraining({ batchSize: 8, validationSplit: 0.2 }), seed: 5 };
    await expect(trainUntil({ config: changed, resume: run })).rejects.toMatchObject({
      name: 'UserError',
      message: `${run.path}: the settings are not those that this run was begun with:
  seed: 1 -> 5
  training.batchSize: 4 -> 8
  training.validationSplit: 0.1 -> 0.2`,
      hint: expect.stringMatching(
        /Put the former .*--config .*\n.*--force the training goes on with the settings of now; .*repeated\.$/,
      ),
    });
    expect(await run.readSummary()).toEqual(before);
  });

  it('goes on with them when it is forced, and says what that gives up', async () => {
    const run = await interrupted();
    const forced = {
      config: withTraining({ optimizer: { ...config().training.optimizer, learningRate: 0.02 } }),
    };
    const { events } = await trainUntil({ ...forced, resume: run, force: true });
    expect(textsOf(events, 'warning')).toEqual([
      expect.stringMatching(
        /learningRate: 0\.01 -> 0\.02\n {2}--force: the training goes on with the settings of now; the model/,
      ),
    ]);
    expect(events.at(-1)).toMatchObject({ status: 'completed' });
    expect(await new RunFolder(run.path).readConfig()).toEqual(forced.config);
  });

  it('is refused when the model would be another one, forced or not', async () => {
    const run = await interrupted();
    const model = { ...config().model, embedding: { units: 6, dropout: 0 } } as Config['model'];
    await expect(
      trainUntil({ config: { ...withTraining({}), model }, resume: run, force: true }),
    ).rejects.toThrow('the checkpoint does not fit the model');
  });

  it('is refused when the examples are others, and goes on with them by force', async () => {
    const run = await interrupted();
    const other = join(folder, 'other');
    await writeData(other, { train: tinyExamples(103) });
    const options = { config: withTraining({}), resume: run, dataDir: other };
    await expect(trainUntil(options)).rejects.toThrow(
      'the examples are not those that this run was begun with:\n  acl-imdb: 100 examples -> 103 examples',
    );
    const { events } = await trainUntil({ ...options, force: true });
    expect(textsOf(events, 'warning')).toEqual([
      expect.stringContaining("goes on with the examples of now, read with the run's vocabulary"),
    ]);
    expect(events.at(-1)).toMatchObject({ status: 'completed', facts: { trainingExamples: 93 } });
  });

  it('may have more epochs: the same as if they had been asked for at once', async () => {
    const more = withTraining({ epochs: 5 });
    const atOnce = await trainUntil({ config: more, name: 'five' });
    const first = await trainUntil({ name: 'three' });
    const rest = await trainUntil({ config: more, resume: first.run });
    expect(rest.events.find((event) => event.type === 'prepared')).toMatchObject({
      resumed: { epoch: 4, step: 0 },
    });
    await expectSameTraining(first.run, atOnce.run);
    expect((await new RunFolder(first.run.path).readConfig()).training.epochs).toBe(5);
  });
});

it('has a place for its data in run.json, seen from the run', async () => {
  const summary = (await whole.run.readSummary())!;
  expect(join(whole.run.path, summary.dataDir as string)).toBe(dataDir);
});
