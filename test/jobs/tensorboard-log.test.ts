import { execFileSync } from 'node:child_process';
import { existsSync, renameSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { withTensorBoard } from '../../src/jobs/tensorboard-log.js';
import { type TrainRunEvent, type TrainRunOptions, trainRun } from '../../src/jobs/train-run.js';
import type { RunFolder } from '../../src/runs/run-folder.js';
import { readEvents } from '../tensorboard/read-events.js';
import {
  config,
  dataDir,
  folder,
  metricsOf,
  modelsDir,
  prepareTrainings,
  weightsOf,
  whole,
} from './trainings.js';

prepareTrainings();

/** A Python that has TensorBoard. */
const python = process.env.IMDB_RNN_TEST_PYTHON;
const reader = fileURLToPath(new URL('../../scripts/golden/read_tensorboard.py', import.meta.url));

async function logged(
  options: Partial<TrainRunOptions>,
  {
    into,
    stop = () => false,
    onProblem = (error) => {
      throw error;
    },
  }: { into?: string; stop?: (event: TrainRunEvent) => boolean; onProblem?: (error: Error) => void } = {},
): Promise<RunFolder> {
  const training = trainRun({ config: config(), configName: 'test', dataDir, modelsDir, ...options });
  let run: RunFolder | undefined;
  for await (const event of withTensorBoard(training, { folder: into, onProblem })) {
    if (event.type === 'prepared') run = event.run;
    if (stop(event)) break;
  }
  return run!;
}

/** `{ tag: [[step, value], ...] }`, a restart dropping what came before of the same and later steps. */
async function curvesOf(place: string): Promise<Record<string, [number, number][]>> {
  const curves: Record<string, [number, number][]> = {};
  for (const name of (await readdir(place)).sort()) {
    for (const { step, scalars, isRestart } of await readEvents(join(place, name))) {
      if (isRestart) {
        for (const tag of Object.keys(curves)) curves[tag] = curves[tag].filter(([at]) => at < step);
      }
      for (const [tag, value] of Object.entries(scalars)) {
        curves[tag] = [...(curves[tag] ?? []), [step, value]];
      }
    }
  }
  return curves;
}

const float = Math.fround;

describe('events for TensorBoard', () => {
  it('have the curves of metrics.jsonl, steps counted through all epochs, and leave the training as it is', async () => {
    const run = await logged({ name: 'curves' });
    expect(await weightsOf(run)).toEqual(await weightsOf(whole.run));
    const curves = await curvesOf(join(run.path, 'tensorboard'));
    const steps = await metricsOf(run, 'step');
    const losses = steps.map(({ epoch, step, loss }) => [
      (Number(epoch) - 1) * 23 + Number(step),
      float(Number(loss)),
    ]);
    expect(losses.map(([step]) => step)).toEqual([20, 23, 43, 46, 66, 69]);
    expect(curves['train/loss']).toEqual(losses);
    const epochs = (await metricsOf(run, 'epoch')) as unknown as {
      epoch: number;
      validation: Record<string, number>;
    }[];
    for (const name of ['loss', 'accuracy']) {
      const expected = epochs.map(({ epoch, validation }) => [epoch * 23, float(validation[name])]);
      expect(curves[`validation/${name}`]).toEqual(expected);
    }
    expect(Object.keys(curves).sort()).toEqual([
      ...['epoch/seconds', 'examples_per_second', 'learning_rate', 'train/accuracy', 'train/loss'],
      ...['validation/accuracy', 'validation/loss'],
    ]);
  });

  it.each([
    ['in the middle of an epoch', { epoch: 2, step: 21 }],
    ['after the last step of an epoch', { epoch: 1, step: 23 }],
  ])('of a training that was interrupted %s and resumed come to the same curves', async (title, at) => {
    const controller = new AbortController();
    const into = join(folder, `logs ${title}`);
    const name = `resumed-${at.epoch}`;
    const stop = (event: TrainRunEvent) => {
      if (event.type === 'step' && event.epoch === at.epoch && event.step === at.step) controller.abort();
      return false;
    };
    const run = await logged({ name, signal: controller.signal }, { into, stop });
    await logged({ resume: run, config: await run.readConfig() }, { into });
    const place = join(into, name);
    expect(await readdir(place)).toHaveLength(2);
    const [curves, expected] = [await curvesOf(place), await curvesOf(await placeOfWhole())];
    expect(curves['validation/loss']).toEqual(expected['validation/loss']);
    expect(curves['train/accuracy'].at(-1)).toEqual(expected['train/accuracy'].at(-1));
    const steps = curves['train/loss'].map(([step]) => step);
    expect(steps).toEqual([...new Set(steps)].sort((one, other) => one - other));
  });

  it('of a training that was killed lose what it does again', async () => {
    const run = await logged(
      { name: 'killed' },
      { stop: (event) => event.type === 'step' && event.epoch === 2 && event.step === 22 },
    );
    await logged({ resume: run, config: await run.readConfig() });
    const curves = await curvesOf(join(run.path, 'tensorboard'));
    expect(curves['train/loss']).toEqual((await curvesOf(await placeOfWhole()))['train/loss']);
  });

  it('that cannot be begun are an error before the first step; later problems are told once and stop no training', async () => {
    const blocked = join(folder, 'blocked');
    await writeFile(blocked, '');
    await expect(logged({ name: 'never' }, { into: blocked })).rejects.toMatchObject({ code: 'ENOTDIR' });
    const problems: string[] = [];
    const into = join(folder, 'vanishing');
    await mkdir(into);
    const run = await logged(
      { name: 'later' },
      {
        into,
        onProblem: ({ message }) => problems.push(message),
        stop: (event) => {
          if (event.type === 'step' && event.epoch === 1 && event.step === 1)
            renameSync(into, `${into}-gone`);
          return false;
        },
      },
    );
    expect(problems).toEqual([expect.stringContaining('ENOENT')]);
    expect((await run.readSummary())?.status).toBe('completed');
  });

  it.skipIf(!python || !existsSync(python))(
    'are read by TensorBoard itself (skipped unless IMDB_RNN_TEST_PYTHON is a Python with the package tensorboard)',
    async () => {
      const run = await logged(
        { name: 'read' },
        { stop: (event) => event.type === 'step' && event.epoch === 3 && event.step === 20 },
      );
      await logged({ resume: run, config: await run.readConfig() });
      const place = join(run.path, 'tensorboard');
      const read = JSON.parse(execFileSync(python!, [reader, place], { encoding: 'utf8' }));
      const curves = await curvesOf(place);
      expect(read['train/loss']).toHaveLength(6);
      expect(read).toEqual(curves);
    },
  );
});

let place: Promise<string> | undefined;

/** The events of a training that nothing stopped. */
function placeOfWhole(): Promise<string> {
  place ??= logged({ name: 'undisturbed' }).then((run) => join(run.path, 'tensorboard'));
  return place;
}
