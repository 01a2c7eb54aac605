import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { thisProcess } from '../../src/files/process-identity.js';
import { type LockOwner, lockRun, trainerOf } from '../../src/runs/run-lock.js';
import { temporaryFolder } from '../datasets/temporary-folder.js';

const path = (folder: string) => join(folder, 'run.lock');

/** A lock as a process has left it that is dead by now, or that lives. */
async function lockedBy(owner: Partial<LockOwner>): Promise<string> {
  const folder = await temporaryFolder();
  const whole = {
    ...(await thisProcess()),
    purpose: 'training',
    command: 'imdb-rnn train',
    since: '2025-01-31',
  };
  await writeFile(path(folder), JSON.stringify({ ...whole, ...owner }));
  return folder;
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--version']);
  await once(child, 'exit');
  return child.pid!;
}

/** As long ago as said. */
const touched = (folder: string, secondsAgo: number) => {
  const time = new Date(Date.now() - 1_000 * secondsAgo);
  return utimes(path(folder), time, time);
};

describe('the lock of a run', () => {
  it('says whose it is while it is held, and leaves nothing', async () => {
    const folder = await temporaryFolder();
    const lock = await lockRun(folder, 'training');
    expect(JSON.parse(await readFile(path(folder), 'utf8'))).toMatchObject({
      ...(await thisProcess()),
      purpose: 'training',
      since: expect.stringMatching(/^\d{4}-/),
    });
    expect(await trainerOf(folder)).toMatchObject({ pid: process.pid });
    await lock.check();
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
    expect(await trainerOf(folder)).toBeUndefined();
  });

  it('refuses everybody else at once, and names the process, its command and its age', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const since = new Date(Date.now() - 125_000).toISOString();
    const command = 'imdb-rnn train --resume base';
    const folder = await lockedBy({ pid: child.pid, started: undefined, since, command });
    await touched(folder, 3);
    await expect(lockRun(folder, 'training')).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(
        new RegExp(
          `^${folder} is being trained by process ${child.pid} \\(${command}\\) on .*, begun 2 min 05 s ago, last sign of life 3\\.. s ago\\.$`,
        ),
      ),
      hint: `Wait until it has ended, or end it (kill ${child.pid}) and go on with --resume.`,
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lock = await lockRun(folder, 'training');
    expect(lock.dead).toMatchObject({ pid: child.pid, command });
    await lock.release();
  });

  it('refuses the same process, too', async () => {
    const folder = await temporaryFolder();
    const lock = await lockRun(folder, 'training');
    await expect(lockRun(folder, 'training')).rejects.toThrow(`process ${process.pid}`);
    await lock.release();
  });

  it('is taken over from a process whose number another one has by now', async () => {
    const { started } = await thisProcess();
    if (started === undefined) return;
    const folder = await lockedBy({ pid: process.pid, started: 'long ago' });
    const lock = await lockRun(folder, 'training');
    expect(lock.dead).toMatchObject({ started: 'long ago' });
    await lock.release();
  });

  it('is believed of another machine as long as it is touched', async () => {
    const folder = await lockedBy({ host: 'elsewhere', pid: await deadPid() });
    await touched(folder, 60);
    await expect(lockRun(folder, 'training')).rejects.toMatchObject({
      message: expect.stringContaining('on elsewhere'),
      hint: expect.stringContaining(`remove ${path(folder)}, or wait`),
    });
    await touched(folder, 600);
    await (await lockRun(folder, 'training')).release();
  });

  it('is taken over by one of many who find it dead', async () => {
    const folder = await lockedBy({ pid: await deadPid() });
    const tries = await Promise.allSettled(Array.from({ length: 12 }, () => lockRun(folder, 'training')));
    const locks = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    expect(locks).toHaveLength(1);
    for (const result of tries) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ name: 'UserError' });
    }
    expect(await readdir(folder)).toEqual(['run.lock']);
    await locks[0].release();
  });

  it('waits for reports that are being written', async () => {
    const folder = await temporaryFolder();
    const reports = await lockRun(folder, 'reports');
    const training = lockRun(folder, 'training');
    await reports.release();
    await (await training).release();
  });

  it('tells its holder when another process has taken it for dead, and is not taken from that one', async () => {
    const folder = await temporaryFolder();
    const lock = await lockRun(folder, 'training');
    const other = JSON.stringify({
      ...(await thisProcess()),
      command: 'other',
      since: '',
      purpose: 'training',
    });
    await writeFile(path(folder), other);
    await expect(lock.check()).rejects.toThrow('(other)');
    await lock.release();
    expect(await readFile(path(folder), 'utf8')).toBe(other);
  });

  it('is made again where somebody has removed it', async () => {
    const folder = await temporaryFolder();
    const lock = await lockRun(folder, 'training');
    const content = await readFile(path(folder), 'utf8');
    await lock.release();
    await lock.check();
    expect(await readFile(path(folder), 'utf8')).toBe(content);
    await lock.release();
  });
});
