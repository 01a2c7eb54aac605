import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { nearest } from '../errors/nearest.js';
import { UserError } from '../errors/user-error.js';
import { packageFile } from '../files/package-root.js';
import { modelState } from './model-files.js';
import { fixedFiles, RunFolder } from './run-folder.js';
import { isRunFolder, packagedRun, runNames } from './run-names.js';
import { describeStatus, runStatus } from './run-status.js';
import { readSummary } from './summary-file.js';

const trainHint = 'Train one: imdb-rnn train --config gru2.yaml';

export interface FindRunOptions {
  /** Is told in one line when a newer run was passed over, or the packaged run was taken. */
  readonly onNote?: (note: string) => void;
  /** Is told in one line what makes the answers of the run doubtful; default: `onNote`. */
  readonly onWarning?: (warning: string) => void;
  /** Takes runs although their files are not proven to be as they were written; default: refuses them. */
  readonly trust?: boolean;
}

/**
 * Finds a run to evaluate or to use.
 *
 * @param modelsDir where runs are
 * @param nameOrPath a run's name in `modelsDir`, or the path of its folder, or the name of the packaged run; default:
 * the newest finished run of `modelsDir`, else the newest one that has a model, else the packaged one
 * @throws UserError when there is no such run, or it has no model yet
 */
export async function findRun(
  modelsDir: string,
  nameOrPath?: string,
  options: FindRunOptions = {},
): Promise<RunFolder> {
  return nameOrPath === undefined ? newestRun(modelsDir, options) : namedRun(modelsDir, nameOrPath, options);
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

async function newestRun(modelsDir: string, options: FindRunOptions): Promise<RunFolder> {
  const { onNote = () => {}, onWarning = onNote, trust = false } = options;
  const passed: string[] = [];
  let unfinished: { run: RunFolder; reason: string; passedBefore: number } | undefined;
  for (const run of await listRuns(modelsDir)) {
    const [model, status] = [await modelState(run.path), await runStatus(run)];
    const reason =
      model === 'none'
        ? 'has no model yet'
        : model === 'damaged'
          ? 'has a damaged model'
          : describeStatus(status);
    const isUsable = model === 'whole' && (trust || status.name !== 'unproven');
    if (isUsable && (status.name === 'completed' || status.name === 'unproven')) {
      for (const note of passed) onNote(`${note}: taking an older run`);
      return opened(run.path, options);
    }
    if (isUsable) unfinished ??= { run, reason, passedBefore: passed.length };
    passed.push(`${run.path} ${reason}`);
  }
  if (unfinished) {
    const { run, reason, passedBefore } = unfinished;
    for (const note of passed.slice(0, passedBefore)) onNote(`${note}: taking an older run`);
    onWarning(`${run.path} ${reason}; no run is finished, so its model as it is so far is taken`);
    return opened(run.path, options);
  }
  for (const note of passed) onNote(`${note}: left out`);
  const packaged = new RunFolder(packageFile('models', packagedRun));
  if ((await modelState(packaged.path)) !== 'whole') {
    throw new UserError(`There is no trained run in ${modelsDir}.`, trainHint);
  }
  onNote(`no trained run in ${modelsDir}: using ${packagedRun}, the small model that ships with imdb-rnn`);
  return packaged;
}

function opened(path: string, { onNote = () => {}, onWarning = onNote, trust }: FindRunOptions): RunFolder {
  return new RunFolder(path, trust ? { trust: onWarning } : {});
}

/**
 * Where a run lies.
 *
 * @throws UserError when there is no such run, or the folder is none
 */
export async function pathOfRun(modelsDir: string, nameOrPath: string): Promise<string> {
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
  if (isRunFolder(path)) return path;
  throw new UserError(
    `${path} is not a run: it has no ${fixedFiles.config}.`,
    'Name the folder that train wrote.',
  );
}

/** A run by its name or path, whether it has a model or not. @throws UserError when there is no such run */
export async function findRunFolder(modelsDir: string, nameOrPath: string): Promise<RunFolder> {
  return new RunFolder(await pathOfRun(modelsDir, nameOrPath));
}

async function namedRun(modelsDir: string, nameOrPath: string, options: FindRunOptions): Promise<RunFolder> {
  const path = await pathOfRun(modelsDir, nameOrPath);
  if ((await modelState(path)) !== 'none') return opened(path, options);
  const run = new RunFolder(path);
  const trained = (await runStatus(run)).name === 'running';
  throw new UserError(
    `${path} has no model yet: its training did not finish an epoch.`,
    trained
      ? 'Wait until it has, or take another run with --run.'
      : `Go on with it: imdb-rnn train --resume ${run.name}. Or take another run with --run.`,
  );
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
