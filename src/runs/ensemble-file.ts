import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { joinedMembers } from '../config/ensemble-members.js';
import type { Config } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { writeAtomically } from '../files/write-atomically.js';
import { parseJsonFile, refuseMissing } from './read-verified.js';

/** Only in the folders of ensembles: what their members were made of. */
export const ensembleFile = 'ensemble.json';

/** Counted up whenever an older version would misread an ensemble. */
const ensembleFormat = 1;

/** A run that an ensemble was made of. */
export interface MemberOrigin {
  /** The run's name at that time. */
  readonly name: string;
  /** Of its model, as `modelFacts` gives it. */
  readonly sha256: string;
}

/** Whether a run's folder holds an ensemble. */
export function isEnsembleFolder(folder: string): boolean {
  return existsSync(join(folder, ensembleFile));
}

/** The folder of an ensemble's member, a run of its own: `members/1`. @param place from 0 */
export function memberFolder(folder: string, place: number): string {
  return join(folder, 'members', String(place + 1));
}

/** Notes what the members of an ensemble were made of, in their order. */
export function writeEnsemble(folder: string, members: readonly MemberOrigin[]): Promise<void> {
  const content = { format: ensembleFormat, members };
  return writeAtomically(join(folder, ensembleFile), `${JSON.stringify(content, undefined, 2)}\n`);
}

/**
 * What the members of an ensemble were made of, in their order.
 *
 * @throws UserError when the file is missing or damaged, or a newer version wrote it
 */
export async function readEnsemble(folder: string): Promise<MemberOrigin[]> {
  const path = join(folder, ensembleFile);
  const content = parseJsonFile(
    await readFile(path).catch((error) => refuseMissing(path, error)),
    path,
  ) as Partial<{ format: number; members: MemberOrigin[] }>;
  if (content?.format === ensembleFormat && Array.isArray(content.members)) return content.members;
  const isNewer = typeof content?.format === 'number' && content.format > ensembleFormat;
  throw new UserError(
    `${path} has ${isNewer ? `format ${content.format}` : 'no list of members'}, expected format ${ensembleFormat}.`,
    isNewer ? 'Use the newer version of imdb-rnn that wrote it.' : 'Make the ensemble again from its runs.',
  );
}

/**
 * Where the members of a run lie that is an ensemble, with their weights; none for a run that was trained.
 *
 * @throws UserError when the files of an ensemble contradict each other
 */
export async function memberFolders(
  folder: string,
  { model }: Pick<Config, 'model'>,
): Promise<{ readonly path: string; readonly weight: number }[]> {
  if (model.type !== 'ensemble') return [];
  const origins = await readEnsemble(folder);
  const members = joinedMembers(model);
  if (origins.length !== members.length) {
    throw new UserError(
      `${folder}: config.yaml names ${members.length} members, ${ensembleFile} ${origins.length}.`,
      'Make the ensemble again from its runs.',
    );
  }
  return members.map(({ weight }, place) => ({ path: memberFolder(folder, place), weight }));
}

/** Where one model is needed. */
export function severalModels(folder: string): UserError {
  return new UserError(
    `${folder} is an ensemble: it has several models and none of its own.`,
    `Name a run that was trained, such as its first member: ${memberFolder(folder, 0)}`,
  );
}
