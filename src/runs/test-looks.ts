import { join } from 'node:path';
import { isPackagedRun } from './find-run.js';
import { appendMetrics, readMetrics } from './metrics-file.js';
import type { RunFolder } from './run-folder.js';
import { testLooksFile } from './test-looks-file.js';

/** A time that somebody saw how a run does on its test split, a line of test-looks.jsonl. */
export interface TestLook {
  /** ISO 8601, in UTC. */
  readonly time: string;
  /** SHA-256 of the model that answered: a training that goes on has another one later. */
  readonly model: string;
  /** Hash of the examples. */
  readonly examples: string;
}

/**
 * Notes that the answers of a run's model to its test split are about to be seen. Who chooses settings by them measures the
 * test split too well; the log shows how often that could have been. A folder that cannot be written is read all the same,
 * and the run of the package belongs to nobody who could choose.
 */
export async function noteTestLook(run: RunFolder, look: Omit<TestLook, 'time'>): Promise<void> {
  if (isPackagedRun(run)) return;
  try {
    await appendMetrics(join(run.path, testLooksFile), { time: new Date().toISOString(), ...look });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

/** All looks, the first one first; lines that are no records are left out. */
export async function readTestLooks(run: RunFolder): Promise<TestLook[]> {
  const records = await readMetrics(join(run.path, testLooksFile), { damaged: () => {} });
  return records as unknown as TestLook[];
}
