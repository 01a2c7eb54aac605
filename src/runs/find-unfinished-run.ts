import { UserError } from '../errors/user-error.js';
import { listRuns, pathOfRun } from './find-run.js';
import type { Trust } from './read-verified.js';
import { RunFolder } from './run-folder.js';
import { describeStatus, runStatus } from './run-status.js';

export interface FindUnfinishedOptions {
  readonly onNote?: (note: string) => void;
  /** Uses the run although its files are not proven to be as they were written, and is told which; default: refuse. */
  readonly trust?: Trust;
}

/**
 * Finds a run whose training is to go on.
 *
 * @param nameOrPath default: the newest run of `modelsDir` that is unfinished and that nobody trains
 * @throws UserError when there is none
 */
export async function findUnfinishedRun(
  modelsDir: string,
  nameOrPath: string | undefined,
  { onNote = () => {}, trust }: FindUnfinishedOptions = {},
): Promise<RunFolder> {
  if (nameOrPath !== undefined) return new RunFolder(await pathOfRun(modelsDir, nameOrPath), { trust });
  const finished: string[] = [];
  for (const run of await listRuns(modelsDir)) {
    const status = await runStatus(run);
    if (status.name === 'interrupted' || status.name === 'killed') {
      onNote(`${run.path} ${describeStatus(status)}: going on with it`);
      return new RunFolder(run.path, { trust });
    }
    if (status.name === 'completed') finished.push(run.name);
    else onNote(`${run.path} ${describeStatus(status)}: passed over`);
  }
  const longer =
    finished.length > 0
      ? `${finished[0]} is finished; train it longer with --resume ${finished[0]} --epochs N.`
      : 'Begin one: imdb-rnn train --config gru2.yaml';
  throw new UserError(`There is no unfinished run in ${modelsDir}.`, longer);
}
