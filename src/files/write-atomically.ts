import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { isRunning } from './running-process.js';

/**
 * Writes a whole file: to a temporary name beside it, synced, then renamed, so that a reader (or a later run, after a
 * kill at any moment) sees either the former content or all of the new one. The first time that a process writes a
 * file, it removes the temporary files beside it whose processes of this machine have died.
 *
 * @throws the file system's error (disk full, no permission); the former file is then untouched
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array | Iterable<Uint8Array>,
): Promise<void> {
  const temporary = temporaryPath(path);
  await mkdir(dirname(path), { recursive: true });
  await removeLeftOvers(path);
  try {
    const handle = await open(temporary, 'w');
    try {
      if (typeof content === 'string' || content instanceof Uint8Array) await handle.writeFile(content);
      else for (const part of content) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw withPath(error, path);
  }
}

/** An error of writing (disk full) says nothing of the file by itself. */
function withPath(error: unknown, path: string): unknown {
  const { code, path: told } = error as NodeJS.ErrnoException;
  return code !== undefined && told === undefined ? Object.assign(error as Error, { path }) : error;
}

/** The name of this machine: short, since names have an end, and harmless in a name. */
export const machine = hostname()
  .replace(/[^A-Za-z0-9-]/g, '')
  .slice(0, 16);

/** `x.<process>@<machine>.tmp`: several machines may share a folder, and each can tell only of its own processes. */
export function temporaryPath(path: string): string {
  return `${path}.${process.pid}@${machine}.tmp`;
}

const temporaryName = /^(?<file>.+)\.(?<pid>\d+)(?:@(?<writer>[A-Za-z0-9-]*))?\.tmp$/s;

/**
 * Whether a name beside `path` is that of a temporary file that a process of this machine has left when it died. Names
 * without a machine, as version 0.1 gave them, may be anybody's: of those only the ones of `path` itself count.
 */
export function isLeftOver(name: string, path: string): boolean {
  const { file, pid, writer } = temporaryName.exec(name)?.groups ?? {};
  if (pid === undefined || isRunning(Number(pid))) return false;
  return writer === undefined ? file === basename(path) : writer === machine;
}

const tidied = new Set<string>();

/** Removes, the first time that a process asks for this path, the temporary files beside it whose processes have died. */
export async function removeLeftOvers(path: string): Promise<void> {
  const [key, folder] = [resolve(path), dirname(path)];
  if (tidied.has(key)) return;
  tidied.add(key);
  // A folder that cannot be listed, or a file that cannot be removed, is no reason not to write.
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((name) => isLeftOver(name, path))) {
    await rm(join(folder, name), { force: true }).catch(() => {});
  }
}
