import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/schema.js';
import { serializeConfig } from '../config/serialize-config.js';
import { UserError } from '../errors/user-error.js';
import { makeFolder } from '../files/make-folder.js';
import { isLeftOver, temporaryPath, writeAtomically } from '../files/write-atomically.js';
import type { Decision } from '../tasks/decision.js';
import { copyMember } from './copy-member.js';
import { checkName } from './create-run.js';
import { memberFolder, writeEnsemble } from './ensemble-file.js';
import { fixedFiles, RunFolder } from './run-folder.js';

export interface NewEnsemble {
  readonly name: string;
  /** Of type `ensemble`, its members in the order of `members`. */
  readonly config: Config;
  readonly labels: readonly string[];
  /** The runs that are copied, each with the hash of its model. */
  readonly members: readonly { readonly run: RunFolder; readonly sha256: string }[];
  readonly decision?: Decision;
}

/** Begins the names of folders that are not whole yet; a name with a point in front is no run. */
const prefix = '.ensemble-';

/**
 * Makes the folder of an ensemble, with a copy of each member in it. It is made beside its place and renamed when it is whole:
 * a kill leaves no half an ensemble, and what it leaves goes with the next one that is made.
 *
 * @throws UserError when the name is taken or cannot be that of a run, or a member changes meanwhile
 */
export async function createEnsembleRun(modelsDir: string, ensemble: NewEnsemble): Promise<RunFolder> {
  const { name, config, labels, members, decision } = ensemble;
  checkFreeName(modelsDir, name);
  await makeFolder(modelsDir);
  await removeLeftOverEnsembles(modelsDir);
  const path = join(modelsDir, name);
  const aside = temporaryPath(join(modelsDir, `${prefix}${name}`));
  try {
    await makeFolder(aside);
    for (const [place, { run, sha256 }] of members.entries()) {
      await copyMember(run, memberFolder(aside, place), { sha256 });
    }
    const header = `# The ensemble ${name}: what its members share, and how much each counts.\n`;
    await writeAtomically(join(aside, fixedFiles.config), header + serializeConfig(config));
    await writeAtomically(join(aside, fixedFiles.labels), `${labels.join('\n')}\n`);
    await writeEnsemble(
      aside,
      members.map(({ run, sha256 }) => ({ name: run.name, sha256 })),
    );
    const run = new RunFolder(aside);
    if (decision) await run.writeDecision(decision);
    await run.writeSummary({ status: 'completed' });
    await rename(aside, path).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOTEMPTY' || error.code === 'EEXIST' ? taken(path) : error;
    });
    return new RunFolder(path);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    throw error;
  }
}

/** @throws UserError when a name cannot be that of a new run */
export function checkFreeName(modelsDir: string, name: string): void {
  checkName(name);
  const path = join(modelsDir, name);
  if (existsSync(path)) throw taken(path);
}

function taken(path: string): UserError {
  return new UserError(
    `${path} is already there.`,
    'Choose another name with --name, or remove that folder.',
  );
}

async function removeLeftOverEnsembles(modelsDir: string): Promise<void> {
  for (const name of (await readdir(modelsDir)).filter((each) => each.startsWith(prefix))) {
    const path = join(modelsDir, name);
    if (isLeftOver(name, path)) await rm(path, { recursive: true, force: true });
  }
}
