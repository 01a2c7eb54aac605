import { isDeepStrictEqual } from 'node:util';
import type { Config } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { isEnsembleFolder } from '../runs/ensemble-file.js';
import { refuseRunning } from '../runs/refuse-change.js';
import type { RunFolder } from '../runs/run-folder.js';

/** A run that is to be joined with others. */
export interface Candidate {
  readonly run: RunFolder;
  readonly config: Config;
  /** Of its model. */
  readonly sha256: string;
}

/**
 * Looks at runs that are to be joined to an ensemble.
 *
 * @throws UserError when there are fewer than two, two are the same, one is an ensemble or still being trained, or they differ in
 *   task, labels or data set
 */
export async function checkMembers(runs: readonly RunFolder[]): Promise<Candidate[]> {
  if (runs.length < 2) {
    throw new UserError(
      `An ensemble needs at least two runs, got ${runs.length}.`,
      'Name the runs whose probabilities are to be averaged: imdb-rnn ensemble RUN RUN --name X.',
    );
  }
  const candidates: Candidate[] = [];
  for (const run of runs) {
    const candidate = await checkMember(run);
    const same = candidates.find(({ sha256 }) => sha256 === candidate.sha256);
    if (same) {
      throw new UserError(
        `${run.path} and ${same.run.path} are the same model.`,
        'Name each run once; --weights says how much each counts.',
      );
    }
    if (candidates.length > 0) await checkAlike(candidates[0], candidate);
    candidates.push(candidate);
  }
  return candidates;
}

async function checkMember(run: RunFolder): Promise<Candidate> {
  if (isEnsembleFolder(run.path)) {
    throw new UserError(
      `${run.path} is an ensemble itself; its members have to be runs that were trained.`,
      'Name the runs that it was made of instead; `imdb-rnn runs show` tells them.',
    );
  }
  await refuseRunning(run.path, 'joined with others');
  const [config, { sha256 }] = await Promise.all([run.readConfig(), run.modelFacts()]);
  return { run, config, sha256 };
}

async function checkAlike(one: Candidate, other: Candidate): Promise<void> {
  const [task, otherTask] = await Promise.all([one.run.readTask(), other.run.readTask()]);
  const differ = (what: string, first: string, second: string, hint: string) =>
    new UserError(`${one.run.name} and ${other.run.name} have other ${what}: ${first}, and ${second}.`, hint);
  if (task.name !== otherTask.name) {
    throw differ('tasks', task.name, otherTask.name, 'Join runs that were trained for the same task.');
  }
  if (!isDeepStrictEqual([...task.labels], [...otherTask.labels])) {
    const [first, second] = [task, otherTask].map(({ labels }) => labels.join(', '));
    throw differ(
      'labels',
      first,
      second,
      'Join runs that were trained on the same labels, in the same order.',
    );
  }
  if (isDeepStrictEqual(one.config.dataset, other.config.dataset)) return;
  const [first, second] = differences(one.config.dataset, other.config.dataset);
  throw differ('data sets', first, second, 'Join runs that were trained on the same examples.');
}

/** What of two data sets' settings differs, as JSON. */
function differences(one: Config['dataset'], other: Config['dataset']): [string, string] {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  const at = (dataset: Config['dataset'], key: string) => (dataset as Readonly<Record<string, unknown>>)[key];
  const differing = keys.filter((key) => !isDeepStrictEqual(at(one, key), at(other, key)));
  const tell = (dataset: Config['dataset']) =>
    differing.map((key) => `${key} ${JSON.stringify(at(dataset, key)) ?? 'not set'}`).join(', ');
  return [tell(one), tell(other)];
}
