import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/schema.js';
import { serializeConfig } from '../config/serialize-config.js';
import { UserError } from '../errors/user-error.js';
import { makeFolder } from '../files/make-folder.js';
import { isLeftOver, temporaryPath, writeAtomically } from '../files/write-atomically.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { fixedFiles, RunFolder } from './run-folder.js';
import { runningStatus } from './summary-file.js';

export interface NewRun {
  /** Name of the folder; default: `<configName>-<date>-<n>`, the first n that is free. */
  readonly name?: string;
  /** Such as `gru2`; used for the default name only. Default `run`. */
  readonly configName?: string;
  /** Filled in: stored as it is. */
  readonly config: Config;
  readonly vocabulary: Vocabulary;
  /** Names of the labels, by index. */
  readonly labels: readonly string[];
  /** Puts more into the folder before it gets its name. */
  readonly fill?: (run: RunFolder) => Promise<void>;
}

/**
 * Makes a run's folder with its settings, vocabulary and labels: whole, or not at all. It counts as a run for `findRun` once
 * it has a model.
 *
 * @param modelsDir is made when it is not there
 * @throws UserError when the name cannot be a folder's name, or a folder of this name is there already
 */
export async function createRun(modelsDir: string, newRun: NewRun): Promise<RunFolder> {
  const { name, config, vocabulary, labels, fill } = newRun;
  if (name !== undefined) checkName(name);
  await makeFolder(modelsDir);
  await removeUnfinishedFolders(modelsDir);
  if (name !== undefined && existsSync(join(modelsDir, name))) throw taken(join(modelsDir, name));
  const unnamed = temporaryPath(join(modelsDir, `.new-${counter++}`));
  await rm(unnamed, { recursive: true, force: true });
  await mkdir(unnamed);
  try {
    const run = new RunFolder(unnamed);
    const header = '# All settings of the run, the defaults included.\n';
    await writeAtomically(join(unnamed, fixedFiles.config), header + serializeConfig(config));
    await writeAtomically(join(unnamed, fixedFiles.vocabulary), vocabulary.serialize());
    await writeAtomically(join(unnamed, fixedFiles.labels), `${labels.join('\n')}\n`);
    await fill?.(run);
    await run.writeSummary({ status: runningStatus });
    return new RunFolder(await nameFolder(unnamed, modelsDir, newRun));
  } catch (error) {
    await rm(unnamed, { recursive: true, force: true });
    throw error;
  }
}

let counter = 0;

async function nameFolder(
  unnamed: string,
  modelsDir: string,
  { name, configName = 'run' }: NewRun,
): Promise<string> {
  if (name !== undefined) {
    const path = join(modelsDir, name);
    if (await isNamed(unnamed, path)) return path;
    throw taken(path);
  }
  const now = new Date();
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  for (let n = 1; ; n += 1) {
    const path = join(modelsDir, `${configName}-${date}-${n}`);
    if (await isNamed(unnamed, path)) return path;
  }
}

/** Gives a folder its name; false when something of this name is there, so that two trainings never share one. */
async function isNamed(unnamed: string, path: string): Promise<boolean> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    await rename(unnamed, path);
  } catch (error) {
    // Windows does not put a folder into the place of an empty one.
    await rmdir(path);
    if (process.platform !== 'win32') throw error;
    await rename(unnamed, path);
  }
  return true;
}

/** Folders that processes were about to make when they died. */
async function removeUnfinishedFolders(modelsDir: string): Promise<void> {
  const names = (await readdir(modelsDir)).filter((name) => name.startsWith('.new-') && isLeftOver(name, ''));
  for (const name of names) await rm(join(modelsDir, name), { recursive: true, force: true }).catch(() => {});
}

function taken(path: string): UserError {
  return new UserError(
    `${path} is already there.`,
    'Choose another name with --name, or remove that folder.',
  );
}

/** @throws UserError when a name cannot be that of a run's folder */
export function checkName(name: string): void {
  if (/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name)) return;
  throw new UserError(
    `"${name}" cannot be the name of a run.`,
    'Use letters, digits, ".", "_" and "-", beginning with a letter or digit; the folder goes into --models-dir.',
  );
}
