import { appendFile, cp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { Config } from '../../src/config/schema.js';
import { type TrainRunEvent, trainRun } from '../../src/jobs/train-run.js';
import { RunFolder } from '../../src/runs/run-folder.js';
import { writeData } from '../batches/write-data.js';
import { tinyExamples } from '../training/tiny-data.js';
import {
  config,
  dataDir,
  expectSameTraining,
  folder,
  metricsOf,
  modelsDir,
  prepareTrainings,
  resumed,
  trainAndInterrupt,
  trainUntil,
  weightsOf,
  whole,
} from './trainings.js';

prepareTrainings();

let copies = 0;
/** A run that was interrupted in its second epoch, to be spoilt. */
async function interrupted(): Promise<RunFolder> {
  const original = join(modelsDir, 'interrupted');
  if (copies === 0) await trainAndInterrupt({ name: 'interrupted' }, { epoch: 2, step: 7 });
  const copy = join(modelsDir, `copy-${copies++}`);
  await cp(original, copy, { recursive: true });
  return new RunFolder(copy);
}

const withTraining = (training: object): Config => ({
  ...config(),
  task: 'classification',
  training: { ...config().training, ...training },
});
const textsOf = (events: readonly TrainRunEvent[], type: 'note' | 'warning') =>
  events.flatMap((event) => (event.type === type ? [event.text] : []));

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

describe('a training that goes on with damaged files', () => {
  it.each([
    ['is gone', (path: string) => rm(path), 'is gone or empty'],
    ['was cut', (path: string) => truncate(path, 100), 'was cut short'],
    [
      'was changed',
      async (path: string) => writeFile(path, (await readFile(path, 'utf8')).replace('"loss":0', '"loss":1')),
      'was changed after it was written',
    ],
    [
      'holds something else',
      async (path: string) => writeFile(path, `no record\n${await readFile(path, 'utf8')}`),
      'was changed after it was written',
    ],
  ])('says that metrics.jsonl %s, and goes on by force with what is left', async (_, damage, reason) => {
    const run = await interrupted();
    await damage(join(run.path, 'metrics.jsonl'));
    await expect(resumed(run)).rejects.toMatchObject({ message: expect.stringContaining(reason) });
    const again = new RunFolder(run.path);
    const { events } = await trainUntil({ config: await run.readConfig(), resume: again, force: true });
    expect(textsOf(events, 'warning')).toEqual([
      expect.stringMatching(/--force: .*curves of its report lack/),
    ]);
    expect(await weightsOf(run)).toEqual(await weightsOf(whole.run));
    const last = (await metricsOf(whole.run)).slice(-3);
    expect((await metricsOf(run)).slice(-3)).toEqual(last);
  });

  it('drops what was written behind the checkpoint without a word', async () => {
    const run = await interrupted();
    await appendFile(join(run.path, 'metrics.jsonl'), '{"type":"step","epoch":2,"step":20}\n{"type":"st');
    const { events } = await resumed(run);
    expect(textsOf(events, 'warning')).toEqual([]);
    await expectSameTraining(run, whole.run);
  });

  it('takes the checkpoint before, with a note, when the last one is damaged', async () => {
    const run = await interrupted();
    const checkpoint = join(run.path, 'checkpoint');
    const { file } = JSON.parse(await readFile(join(checkpoint, 'checkpoint.json'), 'utf8'));
    await truncate(join(checkpoint, file.name), 7);
    const { events } = await resumed(run);
    expect(textsOf(events, 'note')).toEqual([
      expect.stringMatching(/cut short\. The checkpoint before it is whole/),
    ]);
    expect(events.find((event) => event.type === 'prepared')).toMatchObject({
      resumed: { epoch: 2, step: 0 },
    });
    await expectSameTraining(run, whole.run);
  });

  it('is refused when no checkpoint is left, and begins anew by force', async () => {
    for (const damage of ['gone', 'damaged']) {
      const run = await interrupted();
      const checkpoint = join(run.path, 'checkpoint');
      if (damage === 'gone') await rm(checkpoint, { recursive: true });
      else for (const name of await readdir(checkpoint)) await truncate(join(checkpoint, name), 3);
      await expect(resumed(run)).rejects.toMatchObject({
        name: 'UserError',
        message: expect.stringMatching(/has lost its checkpoint|is not whole JSON/),
        hint: expect.stringContaining('With --force the training begins anew at the first step'),
      });
      const forced = { config: await run.readConfig(), resume: run, force: true };
      const { events } = await trainUntil(forced);
      expect(textsOf(events, 'warning')).toEqual([expect.stringContaining('what was trained is lost')]);
      await expectSameTraining(run, whole.run);
    }
  });

  it('is refused when its vocabulary was changed, whatever the data is', async () => {
    const run = await interrupted();
    await appendFile(join(run.path, 'vocabulary.txt'), 'word\n');
    await expect(trainUntil({ config: withTraining({}), resume: new RunFolder(run.path) })).rejects.toThrow(
      /vocabulary\.txt has .* it is another file/,
    );
  });
});

describe('two trainings of one run', () => {
  it('are refused: the second one writes nothing, and the first goes on', async () => {
    const run = await interrupted();
    const options = { config: await run.readConfig(), resume: run };
    let refused: unknown;
    const { events } = await trainUntil(options, (event) => {
      if (event.type === 'prepared') {
        refused = trainUntil({ ...options, resume: new RunFolder(run.path) }).catch((error) => error);
      }
      return false;
    });
    expect(await refused).toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(`${run.path} is being trained by process ${process.pid}`),
    });
    expect(events.at(-1)).toMatchObject({ status: 'completed' });
    await expectSameTraining(run, whole.run);
    expect(await readdir(run.path)).not.toContain('run.lock');
  });

  it('are told of an owner that has died', async () => {
    const run = await interrupted();
    const dead = { pid: process.pid, started: 'long ago', purpose: 'training', command: 'imdb-rnn train' };
    const { host } = await import('../../src/files/process-identity.js').then((room) => room.thisProcess());
    await writeFile(join(run.path, 'run.lock'), JSON.stringify({ ...dead, host, since: '2025-01-31' }));
    const { events } = await resumed(run);
    expect(textsOf(events, 'note')).toEqual([
      expect.stringMatching(/has died while it trained .*: taking over/),
    ]);
  });
});

it('has a place for its data in run.json, seen from the run', async () => {
  const summary = (await whole.run.readSummary())!;
  expect(join(whole.run.path, summary.dataDir as string)).toBe(dataDir);
});
