import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../files/running-process.js';

/** Made by a training in its run's folder for as long as it lasts: `<process> on <machine>`. */
export const runLockFile = 'run.lock';

/**
 * Who is training a run right now, such as `process 4711 on lab3`; `undefined` where nobody is. The lock of a process of this
 * machine that has died does not count; one of another machine does, since it cannot be asked.
 */
export async function runOwner(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, runLockFile), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const [, pid, host] = /^(\d+) on (.*)$/m.exec(text) ?? [];
  if (pid === undefined) return 'a process that has just begun';
  if (host === hostname() && !isRunning(Number(pid))) return undefined;
  return `process ${pid} on ${host}`;
}
