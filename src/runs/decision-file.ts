import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors/user-error.js';
import { writeAtomically } from '../files/write-atomically.js';
import { type Decision, isDecision } from '../tasks/decision.js';
import type { FileMark } from './checksum.js';
import { parseJsonFile, readVerified } from './read-verified.js';

export const decisionFile = 'decision.json';

/** Keeps what was chosen after the training of the model that the folder holds. */
export function writeDecision(folder: string, decision: Decision): Promise<void> {
  return writeAtomically(join(folder, decisionFile), `${JSON.stringify(decision, undefined, 2)}\n`);
}

/**
 * What was chosen after the training; `undefined` where nothing was.
 *
 * @throws UserError when the file is damaged
 */
export async function readDecision(
  folder: string,
  mark: FileMark | undefined,
): Promise<Decision | undefined> {
  const path = join(folder, decisionFile);
  if (!hasDecision(folder)) return undefined;
  const decision = parseJsonFile(await readVerified(path, mark), path);
  if (isDecision(decision)) return decision;
  throw new UserError(
    `${path} holds no temperatures and thresholds of this version.`,
    'Take the file of the run again, or remove it to answer from a probability of one half on.',
  );
}

/** A new model has other temperatures and thresholds than the one before. */
export async function removeDecision(folder: string): Promise<void> {
  await rm(join(folder, decisionFile), { force: true });
}

export function hasDecision(folder: string): boolean {
  return existsSync(join(folder, decisionFile));
}
