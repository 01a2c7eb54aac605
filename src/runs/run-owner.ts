import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../files/running-process.js';

/** Made by a training in its run's folder for as long as it lasts: JSON with `pid` and `host`. */
const lockFile = 'run.lock';

/**
 * Who is training a run right now, such as `process 4711 on lab3`; `undefined` where nobody is. The lock of a process of this
 * machine that has died does not count; one of another machine does, since it cannot be asked.
 */
export async function runOwner(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, lockFile), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const owner = parseOwner(text);
  if (!owner) return 'a process that has just begun';
  const [host] = owner.host.split(' ');
  if (host === hostname() && !isRunning(owner.pid)) return undefined;
  return `process ${owner.pid} on ${host}`;
}

function parseOwner(text: string): { readonly pid: number; readonly host: string } | undefined {
  try {
    const owner = JSON.parse(text) as { pid: number; host: string };
    return Number.isInteger(owner.pid) && typeof owner.host === 'string' ? owner : undefined;
  } catch {
    return undefined;
  }
}
