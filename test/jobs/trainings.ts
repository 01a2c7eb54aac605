import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { type TrainRunEvent, type TrainRunOptions, trainRun } from '../../src/jobs/train-run.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { useVariant } from '../backends/backend-variants.js';
import { writeData } from '../batches/write-data.js';
import { numbersOf, temporaryFolder } from '../runs/tiny-run.js';
import { learningConfig, tinyExamples } from '../training/tiny-data.js';

/** Where the trainings of a test file read and write; set by `prepareTrainings`. */
export let folder: string;
export let dataDir: string;
export let modelsDir: string;
/** A training from beginning to end, which others are compared with. */
export let whole: Trained;

/** Makes the data, and the whole training, before the tests of a file, and removes them after. */
export function prepareTrainings(): void {
  beforeAll(async () => {
    // One thread: which thread computes what is train.test.ts' matter, and a busy machine does not slow this down.
    await useVariant({ title: '', name: 'wasm', options: { threads: 1 } });
    folder = await temporaryFolder();
    dataDir = join(folder, 'data');
    modelsDir = join(folder, 'models');
    await writeData(dataDir, { train: tinyExamples(100) });
    whole = await trainUntil({ name: 'whole' });
  });
  afterAll(() => rm(folder, { recursive: true }));
}

export interface Trained {
  run: RunFolder;
  events: TrainRunEvent[];
}

/** How a training ended, without folder and clock. */
export function endOf({ events }: Pick<Trained, 'events'>) {
  const { type, status, best } = events.at(-1) as Extract<TrainRunEvent, { type: 'finished' }>;
  return { type, status, best };
}

/** Three epochs of 23 steps, so that steps fill one line of metrics.jsonl and begin another. */
export const config = () => learningConfig({ epochs: 3, batchSize: 4, optimizer: { learningRate: 0.01 } });

/** Trains until `stop` says so, which ends the training as a kill would, or else to its end. */
export async function trainUntil(
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
export function trainAndInterrupt(
  options: Partial<TrainRunOptions>,
  at: { epoch: number; step: number },
): Promise<Trained> {
  const controller = new AbortController();
  return trainUntil({ ...options, signal: controller.signal }, (event) => {
    if (event.type === 'step' && event.epoch === at.epoch && event.step === at.step) controller.abort();
    return false;
  });
}

export const resumed = async (run: RunFolder) => trainUntil({ config: await run.readConfig(), resume: run });

/** Lines of metrics.jsonl without what depends on the clock. */
export async function metricsOf(run: RunFolder, type?: string) {
  const records = await run.readMetrics();
  return records
    .filter((record) => type === undefined || record.type === type)
    .map(({ seconds: _seconds, examplesPerSecond: _rate, ...record }) => record);
}

export async function weightsOf(run: RunFolder): Promise<number[][]> {
  const model = await run.readModel();
  const numbers = numbersOf(model);
  model.dispose();
  return numbers;
}

/** All of the checkpoint but the time it took. */
export async function checkpointOf(run: RunFolder) {
  const { weights, slots, state } = (await run.readCheckpoint())!;
  const numbers = [...weights, ...slots].map(({ name, tensor }) => [name, [...tensor.dataSync()]]);
  for (const { tensor } of [...weights, ...slots]) tensor.dispose();
  return { numbers, state: { ...(state as object), seconds: 0, secondsBefore: 0 } };
}

export async function expectSameTraining(run: RunFolder, whole: RunFolder): Promise<void> {
  expect(await weightsOf(run)).toEqual(await weightsOf(whole));
  expect(await checkpointOf(run)).toEqual(await checkpointOf(whole));
  expect(await metricsOf(run, 'epoch')).toEqual(await metricsOf(whole, 'epoch'));
}
