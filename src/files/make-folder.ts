import { mkdirSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and all that lead to it; what is there already stays. Unlike `mkdir` with `recursive`, it ends where the
 * system says of a folder that is there that it is not: below /proc, Node 20's own goes round in a circle for ever.
 *
 * @throws the file system's error, such as EEXIST where a file or a link to nowhere has this name
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (!lacksParent(error, path)) return refuseOther(error, path);
    await makeFolder(dirname(resolve(path)));
    // Once more and not again; another process may have been quicker.
    await mkdir(path).catch((second) => refuseOther(second, path));
  }
}

/** What `makeFolder` does, at once. */
export function makeFolderSync(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (!lacksParent(error, path)) {
      refuseOther(error, path);
      return;
    }
    makeFolderSync(dirname(resolve(path)));
    try {
      mkdirSync(path);
    } catch (second) {
      refuseOther(second, path);
    }
  }
}

function lacksParent(error: unknown, path: string): boolean {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || path === '') return false;
  const absolute = resolve(path);
  return dirname(absolute) !== absolute;
}

/** Nothing where the folder is there; else the system's error: that of looking at it where a circle of links keeps it hidden. */
function refuseOther(error: unknown, path: string): void {
  try {
    if (statSync(path).isDirectory()) return;
  } catch (looking) {
    if ((looking as NodeJS.ErrnoException).code === 'ELOOP') throw looking;
  }
  throw error;
}
