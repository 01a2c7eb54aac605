import { UserError } from '../errors/user-error.js';
import type { RunFolder } from './run-folder.js';
import { describeOwner, type LockOwner, trainerOf } from './run-lock.js';
import { runningStatus } from './summary-file.js';

/**
 * How a training ended: `completed`; `interrupted` by the user; `running` still; `killed`: it stopped without a word;
 * `unproven`: run.json, which would say it, is missing or cannot be read.
 */
export type RunStatus =
  | { readonly name: 'completed' | 'interrupted' | 'killed' | 'unproven' }
  | { readonly name: 'running'; readonly trainer: LockOwner };

/** What became of a run's training; it reads run.json and the lock only. */
export async function runStatus(run: RunFolder): Promise<RunStatus> {
  const trainer = await trainerOf(run.path);
  if (trainer) return { name: 'running', trainer };
  const summary = await run.readSummary().catch((error) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
  if (!summary) return { name: 'unproven' };
  const { status } = summary;
  if (status === 'completed' || status === 'interrupted') return { name: status };
  // Version 0.1 gave a status in the end only.
  return { name: status === undefined || status === runningStatus ? 'killed' : 'unproven' };
}

/** What a status that is not `completed` means, to be put behind the name of a run: `is unfinished: its training was killed`. */
export function describeStatus(status: RunStatus): string {
  switch (status.name) {
    case 'running':
      return `is being trained by ${describeOwner(status.trainer)}`;
    case 'interrupted':
      return 'is unfinished: its training was interrupted';
    case 'killed':
      return 'is unfinished: its training was killed';
    case 'unproven':
      return 'is not proven to be whole: its run.json is missing, damaged or of a newer version';
    case 'completed':
      return 'is finished';
  }
}
