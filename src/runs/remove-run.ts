import { readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isLeftOver, temporaryPath } from '../files/write-atomically.js';
import { refuseChange, refuseRunning } from './refuse-change.js';
import type { RunFolder } from './run-folder.js';

const prefix = '.removed-';

/**
 * Removes a run's folder: it is renamed first, so that no moment shows half a run, and deleted then. What a kill leaves between
 * the two goes with the next removal.
 *
 * @throws UserError when it is the packaged run, is being trained, or is no folder of a training; then it stays as it is
 */
export async function removeRun(run: RunFolder): Promise<void> {
  const path = resolve(run.path);
  await refuseChange(run, 'removed');
  const aside = temporaryPath(join(dirname(path), `${prefix}${run.name}`));
  await rename(path, aside);
  try {
    // A training that was resumed between the two looks has its folder back.
    await refuseRunning(aside, 'removed');
  } catch (error) {
    await rename(aside, path);
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
  await removeLeftOverRuns(dirname(path));
}

/** Deletes what processes of this machine left when they died in the middle of a removal. */
async function removeLeftOverRuns(modelsDir: string): Promise<void> {
  const names = await readdir(modelsDir);
  for (const name of names.filter((name) => name.startsWith(prefix))) {
    const path = join(modelsDir, name);
    if (isLeftOver(name, path)) await rm(path, { recursive: true, force: true });
  }
}
