import type { RunFolder } from '../runs/run-folder.js';
import type { Notes } from '../terminal/notes.js';

export interface RunFlags {
  readonly run?: string;
  readonly modelsDir: string;
  readonly trust?: boolean;
}

/** The run that the flags name, else the newest finished one. */
export async function findRunByFlags({ run, modelsDir, trust }: RunFlags, notes: Notes): Promise<RunFolder> {
  const { findRun } = await import('../runs/find-run.js');
  return findRun(modelsDir, run, {
    trust,
    onNote: (note) => notes.note(note),
    onWarning: (warning) => notes.warn(warning),
  });
}
