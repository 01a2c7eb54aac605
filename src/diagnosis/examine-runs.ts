import { listOverviews, type RunOverview } from '../reporting/run-overview.js';

/** What lies in the folder of runs. */
export interface RunsFacts {
  readonly count: number;
  readonly bytes: number;
  /** The newest; absent where there is none. */
  readonly newest?: RunOverview;
  /** By what they did: `{ finished: 3, interrupted: 1 }`. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly damaged: readonly { readonly run: string; readonly problem: string }[];
}

/** Counts the runs of a folder and names the damaged ones. */
export async function examineRuns(modelsDir: string): Promise<RunsFacts> {
  const overviews = await listOverviews(modelsDir);
  const statuses: Record<string, number> = {};
  for (const { status } of overviews) statuses[status] = (statuses[status] ?? 0) + 1;
  return {
    count: overviews.length,
    bytes: overviews.reduce((sum, { bytes }) => sum + bytes, 0),
    ...(overviews[0] && { newest: overviews[0] }),
    statuses,
    damaged: overviews.flatMap(({ run, problem }) => (problem ? [{ run: run.name, problem }] : [])),
  };
}
