import type { PlannedRun } from '../jobs/planned-run.js';
import type { RunFolder } from '../runs/run-folder.js';
import { type TrainAndReportOptions, trainAndShow } from './train-and-report.js';

/** A training that was planned, and the run that it has left. */
export interface TrainedRun<Planned> {
  readonly planned: Planned;
  readonly run: RunFolder;
}

/**
 * Trains one run after the other, goes on with those that were begun, and keeps those that have finished.
 *
 * @param options.titleOf begins what is told of a run: `seed 3`
 * @returns those that have finished, fewer than were planned where it was stopped; then also the name of the run that is begun
 */
export async function trainPlanned<Planned extends PlannedRun>(
  runs: readonly Planned[],
  {
    titleOf,
    ...options
  }: TrainAndReportOptions & { readonly titleOf: (planned: Planned, place: number) => string },
): Promise<{ readonly trained: readonly TrainedRun<Planned>[]; readonly interrupted?: string }> {
  const { notes, signal } = options;
  const trained: TrainedRun<Planned>[] = [];
  let interrupted: string | undefined;
  for (const [place, planned] of runs.entries()) {
    const { name, config, begun, isFinished } = planned;
    const title = titleOf(planned, place);
    if (begun && isFinished) {
      notes.note(`${title}: ${begun.path} has finished before, and is kept`);
      trained.push({ planned, run: begun });
      continue;
    }
    if (signal?.aborted) break;
    notes.note(`${title}: ${begun ? 'going on with' : 'training'} ${name}`);
    const { finished } = await trainAndShow({ ...options, config, name, resume: begun });
    if (finished.status === 'interrupted') interrupted = name;
    else trained.push({ planned, run: finished.run });
  }
  return { trained, interrupted };
}
