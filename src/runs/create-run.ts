import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/schema.js';
import { serializeConfig } from '../config/serialize-config.js';
import { UserError } from '../errors/user-error.js';
import { makeFolder } from '../files/make-folder.js';
import { writeAtomically } from '../files/write-atomically.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { fixedFiles, RunFolder } from './run-folder.js';

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
}

/**
 * Makes a run's folder with its settings, vocabulary and labels. It counts as a run for `findRun` once it has a model.
 *
 * @param modelsDir is made when it is not there
 * @throws UserError when the name cannot be a folder's name, or a folder of this name is there already
 */
export async function createRun(modelsDir: string, newRun: NewRun): Promise<RunFolder> {
  const { config, vocabulary, labels } = newRun;
  await makeFolder(modelsDir);
  const run = new RunFolder(await makeRunFolder(modelsDir, newRun));
  const header = `# All settings of the run ${run.name}, the defaults included.\n`;
  await writeAtomically(join(run.path, fixedFiles.config), header + serializeConfig(config));
  await writeAtomically(join(run.path, fixedFiles.vocabulary), vocabulary.serialize());
  await writeAtomically(join(run.path, fixedFiles.labels), `${labels.join('\n')}\n`);
  await run.writeSummary({});
  return run;
}

async function makeRunFolder(modelsDir: string, { name, configName = 'run' }: NewRun): Promise<string> {
  if (name !== undefined) {
    checkName(name);
    const path = join(modelsDir, name);
    if (await isMade(path)) return path;
    throw new UserError(
      `${path} is already there.`,
      'Choose another name with --name, or remove that folder.',
    );
  }
  const now = new Date();
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  for (let n = 1; ; n += 1) {
    const path = join(modelsDir, `${configName}-${date}-${n}`);
    if (await isMade(path)) return path;
  }
}

/** Makes a folder; false when something of this name is there, so that two trainings never share one. */
async function isMade(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** @throws UserError when a name cannot be that of a run's folder */
export function checkName(name: string): void {
  if (/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name)) return;
  throw new UserError(
    `"${name}" cannot be the name of a run.`,
    'Use letters, digits, ".", "_" and "-", beginning with a letter or digit; the folder goes into --models-dir.',
  );
}
