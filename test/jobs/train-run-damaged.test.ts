import { appendFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { RunFolder } from '../../src/runs/run-folder.js';
import { interrupted, textsOf, withTraining } from './interrupted-runs.js';
import {
  expectSameTraining,
  metricsOf,
  modelsDir,
  prepareTrainings,
  resumed,
  trainUntil,
  weightsOf,
  whole,
} from './trainings.js';

prepareTrainings();

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

describe('a checkpoint that cannot be written', () => {
  const full = () =>
    Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', errno: -28, path: 'checkpoint.json' });

  it('is told, and the training goes on and saves itself when there is room again', async () => {
    const write = vi.spyOn(RunFolder.prototype, 'writeCheckpoint');
    // The first one is that of the folder, the second that of the first epoch.
    write.mockImplementationOnce(async () => 0).mockRejectedValueOnce(full());
    const { run, events } = await trainUntil({ name: 'full-for-a-while' });
    write.mockRestore();
    expect(textsOf(events, 'warning')).toEqual([
      expect.stringMatching(
        /could not be saved: checkpoint\.json: the disk is full \(ENOSPC\)\. It goes on, and tries again\./,
      ),
    ]);
    await expectSameTraining(run, whole.run);
  });

  it('ends the training at its end, which then goes on from what was saved before', async () => {
    let calls = 0;
    const original = RunFolder.prototype.writeCheckpoint;
    const spy = vi.spyOn(RunFolder.prototype, 'writeCheckpoint').mockImplementation(function (
      this: RunFolder,
      checkpoint,
    ) {
      calls += 1;
      return calls > 2 ? Promise.reject(full()) : original.call(this, checkpoint);
    });
    await expect(trainUntil({ name: 'full-to-the-end' })).rejects.toMatchObject({ code: 'ENOSPC' });
    spy.mockRestore();
    const run = new RunFolder(join(modelsDir, 'full-to-the-end'));
    const { events } = await resumed(run);
    expect(events.find((event) => event.type === 'prepared')).toMatchObject({
      resumed: { epoch: 2, step: 0 },
    });
    await expectSameTraining(run, whole.run);
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
