import { spawnSync } from 'node:child_process';
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withFolderLock } from '../../src/files/folder-lock.js';
import { temporaryFolder } from '../datasets/temporary-folder.js';

const lockName = '.fetching.lock';

describe('the lock of a data folder', () => {
  it('lets one piece of work in at a time, the others wait and are told so', async () => {
    const folder = await temporaryFolder();
    const events: string[] = [];
    let begun = () => {};
    const firstBegan = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const first = withFolderLock(folder, async () => {
      begun();
      await pause(30);
      events.push('first ends');
    });
    await firstBegan;
    const onWait = (lock: string) => events.push(`second waits for ${lock}`);
    await withFolderLock(folder, async () => events.push('second begins'), { everyMs: 5, onWait });
    await first;
    expect(events).toEqual([`second waits for ${join(folder, lockName)}`, 'first ends', 'second begins']);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is given back when the work fails', async () => {
    const folder = await temporaryFolder();
    const failing = withFolderLock(folder, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });

  it('is taken over from a process that has died', async () => {
    const folder = await temporaryFolder();
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(join(folder, lockName), `${pid} on ${hostname()}\n`);
    expect(await withFolderLock(folder, async () => 'done', { everyMs: 5 })).toBe('done');
  });

  it('is taken over from a process that died before it had written its name', async () => {
    const folder = await temporaryFolder();
    const lock = join(folder, lockName);
    await writeFile(lock, '12');
    const justNow = new Date(Date.now() - 1900);
    await utimes(lock, justNow, justNow);
    expect(await withFolderLock(folder, async () => 'done', { everyMs: 5 })).toBe('done');
  });

  it('of another machine is respected as long as it is touched, and taken over after half a minute', async () => {
    const folder = await temporaryFolder();
    const lock = join(folder, lockName);
    await writeFile(lock, '1 on another machine\n');
    const controller = new AbortController();
    const onWait = () => setTimeout(() => controller.abort(new Error('waited')), 50);
    const waiting = withFolderLock(folder, async () => {}, {
      everyMs: 5,
      signal: controller.signal,
      onWait,
    });
    await expect(waiting).rejects.toThrow('waited');
    expect(await readFile(lock, 'utf8')).toBe('1 on another machine\n');
    const longAgo = new Date(Date.now() - 31_000);
    await utimes(lock, longAgo, longAgo);
    expect(await withFolderLock(folder, async () => 'done', { everyMs: 5 })).toBe('done');
  });
});
