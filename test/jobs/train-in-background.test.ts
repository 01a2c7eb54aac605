import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors/user-error.js';
import { type TrainInBackgroundOptions, trainInBackground } from '../../src/jobs/train-in-background.js';
import { type TrainRunEvent, trainRun } from '../../src/jobs/train-run.js';
import { RunFolder } from '../../src/runs/run-folder.js';
import { learningConfig } from '../training/tiny-data.js';
import {
  config,
  dataDir,
  endOf,
  expectSameTraining,
  modelsDir,
  prepareTrainings,
  whole,
} from './trainings.js';

prepareTrainings();

const places = () => ({ configName: 'test', dataDir, modelsDir });

/** In a thread of its own, with as many threads that compute as the training that it is compared with. */
const inBackground = (options: Partial<TrainInBackgroundOptions>) =>
  trainInBackground({ config: config(), ...places(), backend: 'wasm', threads: 1, ...options });

async function all(
  events: AsyncIterable<TrainRunEvent>,
  onEvent: (event: TrainRunEvent) => void = () => {},
): Promise<TrainRunEvent[]> {
  const list: TrainRunEvent[] = [];
  for await (const event of events) {
    list.push(event);
    onEvent(event);
  }
  return list;
}

/** An event without what depends on clocks, machines and folders. */
function comparable(event: TrainRunEvent): unknown {
  const { run: _, facts: _facts, ...rest } = event as Record<string, unknown>;
  return JSON.parse(JSON.stringify(rest), (key, value) =>
    /^seconds|PerSecond$|^fromCache$/.test(key) ? undefined : value,
  );
}

/** A model whose steps take some milliseconds. */
const slowSteps = () => {
  const { training, ...others } = learningConfig({ epochs: 1, batchSize: 9 });
  const layers = [1, 2].map(() => ({ ...(others.model as { layers: object[] }).layers[0], units: 160 }));
  return { ...others, training, model: { ...others.model, layers } } as ReturnType<typeof learningConfig>;
};

/** Turns of the event loop from the first step to the last one, for each step. */
async function turnsPerStep(events: AsyncIterable<TrainRunEvent>): Promise<number> {
  let turns = 0;
  let isCounting = true;
  const count = () => {
    turns += 1;
    if (isCounting) setImmediate(count);
  };
  const at: number[] = [];
  count();
  await all(events, ({ type }) => {
    if (type === 'step') at.push(turns);
  });
  isCounting = false;
  const perStep = at.slice(1).map((place, step) => place - at[step]);
  return perStep.sort((one, other) => one - other)[perStep.length >> 1];
}

describe('a training in the background', () => {
  it('gives the same events, weights, checkpoint and files as one in the main thread', async () => {
    const tensors = tf.memory().numTensors;
    const events = await all(inBackground({ name: 'background' }));
    expect(tf.memory().numTensors).toBe(tensors);
    expect(events.map(comparable)).toEqual(whole.events.map(comparable));
    const [prepared] = events as Extract<TrainRunEvent, { type: 'prepared' }>[];
    expect(prepared.run).toBeInstanceOf(RunFolder);
    expect(prepared.task.answer([0.25]).summary).toBe('negative');
    await expectSameTraining(prepared.run, whole.run);
    const fileOf = (run: RunFolder) => readFile(join(run.path, 'weights.bin'));
    expect(await fileOf(prepared.run)).toEqual(await fileOf(whole.run));
    expect((await prepared.run.readSummary())!.backend).toBe('wasm');
  });

  it('leaves the event loop free while a step computes, which one in the main thread does not', async () => {
    const slow = slowSteps();
    const inMain = trainRun({ config: slow, ...places(), name: 'slow-main' });
    expect(await turnsPerStep(inMain)).toBeLessThan(5);
    expect(await turnsPerStep(inBackground({ config: slow, name: 'slow-background' }))).toBeGreaterThan(20);
  });

  it('is ended by a signal after a step, and goes on from there, in the background too', async () => {
    const controller = new AbortController();
    const events = await all(inBackground({ name: 'stopped', signal: controller.signal }), (event) => {
      if (event.type === 'step' && event.epoch === 1 && event.step === 3) controller.abort();
    });
    expect(endOf({ events }).status).toBe('interrupted');
    const { run } = events.at(-1) as Extract<TrainRunEvent, { type: 'finished' }>;
    const rest = await all(inBackground({ config: await run.readConfig(), resume: run }));
    expect(endOf({ events: rest })).toEqual(endOf(whole));
    await expectSameTraining(run, whole.run);
  });

  it('does no more than a step where the signal was aborted before', async () => {
    const events = await all(inBackground({ name: 'never', signal: AbortSignal.abort() }));
    expect(events.filter(({ type }) => type === 'step')).toHaveLength(1);
    expect(endOf({ events }).status).toBe('interrupted');
  });

  it('ends where its events are not wanted any more, and can be resumed', async () => {
    for await (const event of inBackground({ name: 'left' })) {
      if (event.type === 'epoch') break;
    }
    const run = new RunFolder(join(modelsDir, 'left'));
    await all(inBackground({ config: await run.readConfig(), resume: run }));
    await expectSameTraining(run, whole.run);
  });

  it('throws what the training throws, as the same class with its hint', async () => {
    const error = await all(inBackground({ name: 'background' })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ name: 'UserError', message: expect.stringContaining('is already there') });
    expect((error as UserError).hint).toMatch(/^Choose another name/);
    const backend = 'no-backend' as 'wasm';
    await expect(all(inBackground({ backend }))).rejects.toBeInstanceOf(UserError);
    const broken = { ...config(), model: { type: 'unheard of' } } as unknown as ReturnType<typeof config>;
    const bug = await all(inBackground({ config: broken })).catch((thrown: unknown) => thrown);
    expect(bug).toBeInstanceOf(Error);
    expect(bug).not.toBeInstanceOf(UserError);
  });
});
