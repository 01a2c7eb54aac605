import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { findUnfinishedRun } from '../../src/runs/find-unfinished-run.js';
import { lockRun } from '../../src/runs/run-lock.js';
import { temporaryFolder, tinyRun, useCpu } from './tiny-run.js';

beforeAll(useCpu);

/** Runs of these statuses, from the oldest to the newest. */
async function runsOf(statuses: Record<string, string>) {
  const modelsDir = await temporaryFolder();
  let day = 1;
  for (const [name, status] of Object.entries(statuses)) {
    const run = await tinyRun(modelsDir, { name });
    await run.writeSummary({ status, created: `2025-01-0${day++}T00:00:00Z` });
  }
  const notes: string[] = [];
  const find = (name?: string) => findUnfinishedRun(modelsDir, name, { onNote: (note) => notes.push(note) });
  return { modelsDir, find, notes };
}

describe('the run to go on with', () => {
  it('is the newest that is unfinished, and is named', async () => {
    const { modelsDir, find, notes } = await runsOf({ a: 'interrupted', b: 'running', c: 'completed' });
    expect((await find()).name).toBe('b');
    expect(notes).toEqual([
      `${join(modelsDir, 'b')} is unfinished: its training was killed: going on with it`,
    ]);
  });

  it('is none that is being trained, and none whose run.json is gone', async () => {
    const { modelsDir, find, notes } = await runsOf({ a: 'interrupted', b: 'running', c: 'running' });
    const lock = await lockRun(join(modelsDir, 'b'), 'training');
    await rm(join(modelsDir, 'c', 'run.json'));
    expect((await find()).name).toBe('a');
    expect(notes).toEqual([
      expect.stringMatching(/c is not proven to be whole.*: passed over$/),
      expect.stringMatching(new RegExp(`b is being trained by process ${process.pid} .*: passed over$`)),
      expect.stringContaining('a is unfinished: its training was interrupted'),
    ]);
    await lock.release();
  });

  it('is the one that is named, whatever became of it', async () => {
    const { find, notes } = await runsOf({ a: 'interrupted', b: 'completed' });
    expect([(await find('b')).name, notes]).toEqual(['b', []]);
    await expect(find('x')).rejects.toThrow('There is no run "x"');
  });

  it('is missed with the next step', async () => {
    const { modelsDir, find } = await runsOf({ a: 'completed' });
    await expect(find()).rejects.toMatchObject({
      message: `There is no unfinished run in ${modelsDir}.`,
      hint: 'a is finished; train it longer with --resume a --epochs N.',
    });
    await expect(findUnfinishedRun('nowhere', undefined)).rejects.toMatchObject({
      hint: 'Begin one: imdb-rnn train --config gru2.yaml',
    });
  });
});
