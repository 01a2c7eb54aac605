import type { RunFolder } from './run-folder.js';
import { type RunStatus, runStatus } from './run-status.js';

/**
 * How far a training has come. `unfinished`: it was killed, or stopped by an error, so that run.json never told its end.
 */
export const progressNames = ['running', 'finished', 'interrupted', 'unfinished'] as const;
export type RunProgress = (typeof progressNames)[number];

const progressOf = {
  running: 'running',
  completed: 'finished',
  interrupted: 'interrupted',
  killed: 'unfinished',
  unproven: 'unfinished',
} satisfies Record<RunStatus['name'], RunProgress>;

/** How far the training of a run has come. */
export async function runProgress(run: RunFolder): Promise<RunProgress> {
  return progressOf[(await runStatus(run)).name];
}
