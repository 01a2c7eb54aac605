import { mkdir, rename, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../errors/user-error.js';
import { checkName } from './create-run.js';
import { refuseChange } from './refuse-change.js';
import { RunFolder } from './run-folder.js';

/**
 * Gives a run's folder another name, in one step: at every moment the run is there under one of the two.
 *
 * @throws UserError when the name is taken or cannot be that of a run, or the run has to stay as it is
 */
export async function moveRun(run: RunFolder, name: string): Promise<RunFolder> {
  checkName(name);
  await refuseChange(run, 'renamed');
  const path = resolve(run.path);
  const target = join(dirname(path), name);
  await reserve(target);
  try {
    // An empty folder is replaced by a renaming, and keeps the name from a training that begins; Windows refuses that.
    if (process.platform === 'win32') await rmdir(target);
    await rename(path, target);
  } catch (error) {
    await rmdir(target).catch(() => {});
    throw error;
  }
  return new RunFolder(join(dirname(run.path), name));
}

async function reserve(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UserError(`${path} is already there.`, 'Choose another name, or remove that one first.');
  }
}
