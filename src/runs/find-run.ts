import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { nearest } from '../errors/nearest.js';
import { UserError } from '../errors/user-error.js';
import { packageFile } from '../files/package-root.js';
import { modelState } from './model-files.js';
import { fixedFiles, RunFolder } from './run-folder.js';
import { isRunFolder, packagedRun, runNames } from './run-names.js';
import { readSummary } from './summary-file.js';

const trainHint = 'Train one: imdb-rnn train --config gru2.yaml';

/**
 * Finds a run to evaluate or to use.
 *
 * @param modelsDir where runs are
 * @param nameOrPath a run's name in `modelsDir`, or the path of its folder, or the name of the packaged run; default:
 * the newest run of `modelsDir` with a whole model, else the packaged one
 * @param options.onNote is told in one line when a newer run was passed over, or the packaged run was taken
 * @throws UserError when there is no such run, or it has no model yet
 */
export async function findRun(
  modelsDir: string,
  nameOrPath?: string,
  options: { onNote?: (note: string) => void } = {},
): Promise<RunFolder> {
  return nameOrPath === undefined ? newestRun(modelsDir, options) : namedRun(modelsDir, nameOrPath);
}

/** Whether a run ships with the program: it stays as it is, whoever uses it. */
export function isPackagedRun(run: RunFolder): boolean {
  return resolve(run.path) === packageFile('models', packagedRun);
}

/** The runs of a folder, the newest first, whether they have a model or not. */
export async function listRuns(modelsDir: string): Promise<RunFolder[]> {
  const runs = (await runNames(modelsDir)).map((name) => new RunFolder(join(modelsDir, name)));
  const times = new Map(await Promise.all(runs.map(async (run) => [run, await timeOf(run)] as const)));
  return runs.sort(
    (one, other) =>
      times.get(other)! - times.get(one)! || other.name.localeCompare(one.name, 'en', { numeric: true }),
  );
}

async function newestRun(
  modelsDir: string,
  { onNote = () => {} }: { onNote?: (note: string) => void },
): Promise<RunFolder> {
  for (const run of await listRuns(modelsDir)) {
    const state = await modelState(run.path);
    if (state === 'whole') return run;
    const reason = state === 'none' ? 'has no model yet' : 'has a damaged model';
    onNote(`${run.path} ${reason}: taking an older run`);
  }
  const packaged = new RunFolder(packageFile('models', packagedRun));
  if ((await modelState(packaged.path)) !== 'whole') {
    throw new UserError(`There is no trained run in ${modelsDir}.`, trainHint);
  }
  onNote(`no trained run in ${modelsDir}: using ${packagedRun}, the small model that ships with imdb-rnn`);
  return packaged;
}

async function namedRun(modelsDir: string, nameOrPath: string): Promise<RunFolder> {
  const run = await findRunFolder(modelsDir, nameOrPath);
  if ((await modelState(run.path)) === 'none') {
    throw new UserError(
      `${run.path} has no model yet: its training did not finish an epoch.`,
      'Take another run with --run, or train again.',
    );
  }
  return run;
}

/**
 * Finds a run by its name or path, whether it has a model or not.
 *
 * @throws UserError when there is no such run
 */
export async function findRunFolder(modelsDir: string, nameOrPath: string): Promise<RunFolder> {
  const places = [
    join(modelsDir, nameOrPath),
    resolve(nameOrPath),
    ...(nameOrPath === packagedRun ? [packageFile('models', packagedRun)] : []),
  ];
  const path = places.find((place) => existsSync(place));
  if (path === undefined) {
    const names = (await listRuns(modelsDir)).map((run) => run.name);
    throw new UserError(`There is no run "${nameOrPath}" in ${modelsDir}.`, suggestion(nameOrPath, names));
  }
  if (!isRunFolder(path)) {
    throw new UserError(
      `${path} is not a run: it has no ${fixedFiles.config}.`,
      'Name the folder that train wrote.',
    );
  }
  return new RunFolder(path);
}

function suggestion(wanted: string, names: readonly string[]): string {
  if (names.length === 0) return trainHint;
  const meant = nearest(wanted, names);
  if (meant !== undefined) return `Did you mean ${meant}?`;
  const shown = names.slice(0, 8).join(', ');
  return `Available, the newest first: ${shown}${names.length > 8 ? `, and ${names.length - 8} more` : ''}.`;
}

/** When a run was made, in ms; a run whose run.json is gone has the time of its settings. */
export async function timeOf(run: RunFolder): Promise<number> {
  const created = Date.parse((await readSummary(run.path))?.created ?? '');
  return Number.isNaN(created) ? (await stat(join(run.path, fixedFiles.config))).mtimeMs : created;
}
