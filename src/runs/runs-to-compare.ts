import { realpath } from 'node:fs/promises';
import { findRun, listRuns } from './find-run.js';
import { modelState } from './model-files.js';
import type { RunFolder } from './run-folder.js';

/**
 * The runs that are meant: those that are named, each once; else all of `modelsDir` that have a model, the oldest
 * first; else the one that ships with the program.
 *
 * @param options.against a run that is to be among them whatever the others are
 * @param options.onNote is told in one line of each run that was left out, or that the packaged run was taken
 * @throws UserError when a named run is not there, or there is no run at all
 */
export async function runsToCompare(
  modelsDir: string,
  namesOrPaths: readonly string[],
  { against: other, onNote }: { against?: string; onNote: (note: string) => void },
): Promise<{ runs: RunFolder[]; against?: RunFolder }> {
  const named = await Promise.all(namesOrPaths.map((name) => findRun(modelsDir, name)));
  const runs = named.length > 0 ? named : await allRuns(modelsDir, onNote);
  if (other === undefined) return { runs: await eachOnce(runs) };
  const all = await eachOnce([await findRun(modelsDir, other), ...runs]);
  return { runs: all, against: all[0] };
}

async function allRuns(modelsDir: string, onNote: (note: string) => void): Promise<RunFolder[]> {
  const runs: RunFolder[] = [];
  for (const run of (await listRuns(modelsDir)).reverse()) {
    if ((await modelState(run.path)) === 'none') onNote(`${run.path} has no model yet: left out`);
    else runs.push(run);
  }
  return runs.length > 0 ? runs : [await findRun(modelsDir, undefined, { onNote })];
}

async function eachOnce(runs: readonly RunFolder[]): Promise<RunFolder[]> {
  const paths = await Promise.all(runs.map((run) => realpath(run.path)));
  return runs.filter((_, index) => paths.indexOf(paths[index]) === index);
}
