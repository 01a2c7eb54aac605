import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeFolder } from './make-folder.js';
import { isRunning } from './running-process.js';

/** A process that lives touches its lock this often; one that has not been touched for long is left over. */
const touchEveryMs = 5000;
const leftOverAfterMs = 30_000;
/** Longer than any process needs to write its name into a lock it has just made. */
const namelessAfterMs = 2000;

export interface FolderLockOptions {
  /** Called once when another process holds the lock. */
  readonly onWait?: (lockPath: string) => void;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
  /** How often a lock that is held is looked at, in ms. Default 300. */
  readonly everyMs?: number;
}

/**
 * Runs `work` while no other process fetches into the same folder: two programs that are started together must not
 * write one partial file. The lock of a process that was killed is taken over.
 *
 * @throws what `work` throws, or the signal's reason
 */
export async function withFolderLock<T>(
  folder: string,
  work: () => Promise<T>,
  { onWait, signal, everyMs = 300 }: FolderLockOptions = {},
): Promise<T> {
  const path = join(folder, '.fetching.lock');
  await makeFolder(folder);
  for (let waits = 0; !(await acquire(path)); waits += 1) {
    if (waits === 0) onWait?.(path);
    await pause(everyMs, undefined, { signal }).catch(() => signal?.throwIfAborted());
  }
  const touching = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => {});
  }, touchEveryMs).unref();
  try {
    return await work();
  } finally {
    clearInterval(touching);
    await rm(path, { force: true });
  }
}

const ownName = `${process.pid} on ${hostname()}\n`;

async function acquire(path: string): Promise<boolean> {
  if (await isLeftOver(path)) {
    await rm(path, { force: true });
    // Whoever saw the left-over lock too has removed it by now, and not the one that is made next.
    await pause(50);
  }
  try {
    await writeFile(path, ownName, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isLeftOver(path: string): Promise<boolean> {
  try {
    const ageMs = Date.now() - (await stat(path)).mtimeMs;
    if (ageMs > leftOverAfterMs) return true;
    const [, pid, host] = /^(\d+) on (.*)\n$/.exec(await readFile(path, 'utf8')) ?? [];
    if (pid === undefined) return ageMs > namelessAfterMs;
    return host === hostname() && !isRunning(Number(pid));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
