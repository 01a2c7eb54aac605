import type { RunProgress } from './run-progress.js';

/** What pruning asks of a run. */
export interface PrunableRun {
  readonly status: RunProgress;
  /** When it was made, ms since 1970. */
  readonly created: number;
}

export interface PruneRules {
  /** The newest so many stay. */
  readonly keep?: number;
  /** Only runs that were made so many seconds ago, or before. */
  readonly olderThan?: number;
  /** Only runs whose training did not come to its end. */
  readonly unfinished?: boolean;
  /** ms; default: the present. */
  readonly now?: number;
}

/**
 * The runs that may go, in the order given: those that every rule that is given lets go. A run that is being trained stays, and
 * counts among the newest.
 */
export function runsToPrune<Run extends PrunableRun>(
  runs: readonly Run[],
  { keep = 0, olderThan, unfinished = false, now = Date.now() }: PruneRules,
): Run[] {
  const newest = new Set([...runs].sort((one, other) => other.created - one.created).slice(0, keep));
  return runs.filter(
    (run) =>
      run.status !== 'running' &&
      !newest.has(run) &&
      (olderThan === undefined || now - run.created >= olderThan * 1000) &&
      (!unfinished || run.status !== 'finished'),
  );
}
