import type { RunFolder } from './run-folder.js';
import { runOwner } from './run-owner.js';

/**
 * How far a training has come. `unfinished`: it was killed, or stopped by an error, so that run.json never told its end.
 */
export const progressNames = ['running', 'finished', 'interrupted', 'unfinished'] as const;
export type RunProgress = (typeof progressNames)[number];

/** How far the training of a run has come. @throws UserError when a newer version wrote run.json */
export async function runProgress(run: RunFolder): Promise<RunProgress> {
  if (await runOwner(run.path)) return 'running';
  const status = (await run.readSummary())?.status;
  if (status === 'completed') return 'finished';
  return status === 'interrupted' ? 'interrupted' : 'unfinished';
}
