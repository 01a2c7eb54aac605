import { existsSync } from 'node:fs';
import { constants, copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { io } from '@tensorflow/tfjs-core';
import { UserError } from '../errors/user-error.js';
import { makeFolder } from '../files/make-folder.js';
import { parseJsonFile } from './read-verified.js';
import { RunFolder } from './run-folder.js';

const needed = ['config.yaml', 'vocabulary.txt', 'labels.txt'];
const optional = ['run.json', 'decision.json', 'foreignness.bin'];

/**
 * Copies what answering needs of a run, and nothing of its training: a run folder as any other, without curves and checkpoint.
 *
 * @param sha256 of the run's model, as `modelFacts` gives it
 * @throws UserError when a file is missing, or the run has changed meanwhile
 */
export async function copyMember(
  run: RunFolder,
  folder: string,
  { sha256 }: { sha256: string },
): Promise<void> {
  await makeFolder(folder);
  const present = optional.filter((name) => existsSync(join(run.path, name)));
  for (const name of [...needed, ...present, ...(await modelFilesOf(run.path))]) {
    await copyFile(join(run.path, name), join(folder, name), constants.COPYFILE_FICLONE);
  }
  if ((await new RunFolder(folder).modelFacts()).sha256 === sha256) return;
  throw new UserError(
    `${run.path} has changed while it was copied.`,
    'Wait until nothing writes into it, then make the ensemble again.',
  );
}

async function modelFilesOf(folder: string): Promise<string[]> {
  const path = join(folder, 'model.json');
  const { weightsManifest } = parseJsonFile(await readFile(path), path) as io.ModelJSON;
  return ['model.json', ...weightsManifest.flatMap(({ paths }) => paths)];
}
