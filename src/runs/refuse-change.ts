import { lstat, readdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { UserError } from '../errors/user-error.js';
import { isPackagedRun } from './find-run.js';
import { fixedFiles, type RunFolder } from './run-folder.js';
import { describeOwner, trainerOf } from './run-lock.js';
import { summaryFile } from './summary-file.js';

/** Folders that a run may have in its own. */
const ownFolders = ['checkpoint', 'tensorboard', 'members'];

/**
 * Refuses to rename or remove what should stay: the run that ships with the program, a run that is being trained, and a folder
 * that only looks like a run because a file is called config.yaml.
 *
 * @param change what was to be done, such as `removed`
 * @throws UserError with the reason
 */
export async function refuseChange(run: RunFolder, change: string): Promise<void> {
  const { path } = run;
  if (isPackagedRun(run)) {
    throw new UserError(
      `${run.name} ships with the program and cannot be ${change}.`,
      'Name a run of your own; `imdb-rnn runs list` lists them.',
    );
  }
  await refuseRunning(path, change);
  const stranger = await strangerIn(path);
  if (stranger) {
    throw new UserError(
      `${path} cannot be ${change}: it does not look like the folder of a training (${stranger}).`,
      'Move what is not of the training elsewhere first.',
    );
  }
  if (holdsWorkingFolder(await realpath(path))) {
    throw new UserError(
      `${path} cannot be ${change}: it is the folder that you are in.`,
      'Change into another folder, such as with cd .. first.',
    );
  }
}

/** @throws UserError when a process is training the run in this folder */
export async function refuseRunning(path: string, change: string): Promise<void> {
  const owner = await trainerOf(path);
  if (!owner) return;
  throw new UserError(
    `${path} is being trained by ${describeOwner(owner)} and cannot be ${change}.`,
    'Stop that training with Ctrl-C first, or wait for its end.',
  );
}

/** What no training makes, in words; `undefined` where all is as one leaves it. */
async function strangerIn(path: string): Promise<string | undefined> {
  if (!(await lstat(path)).isDirectory()) return 'it is a link to another place';
  const entries = await readdir(path, { withFileTypes: true });
  const names = entries.map(({ name }) => name);
  if (![summaryFile, fixedFiles.labels, fixedFiles.vocabulary].some((name) => names.includes(name))) {
    return `it has a ${fixedFiles.config}, but no ${summaryFile}`;
  }
  const folder = entries.find((entry) => entry.isDirectory() && !ownFolders.includes(entry.name));
  return folder && `it holds the folder ${join(folder.name, sep)}`;
}

function holdsWorkingFolder(path: string): boolean {
  const fromThere = relative(path, process.cwd());
  return (
    fromThere === '' || (fromThere !== '..' && !fromThere.startsWith(`..${sep}`) && !isElsewhere(fromThere))
  );
}

/** On Windows the way from one drive to another is an absolute path. */
const isElsewhere = (path: string) => /^[A-Za-z]:/.test(path);
