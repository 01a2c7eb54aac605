import { join } from 'node:path';
import { writeAtomically } from '../files/write-atomically.js';
import { markOfFile } from './checksum.js';
import { readSummary, summaryFile } from './summary-file.js';

/** Notes the size and checksum that some files have now in run.json, and leaves all else of it as it is. */
export async function renewMarks(folder: string, names: readonly string[]): Promise<void> {
  const summary = await readSummary(folder);
  if (!summary) return;
  const files = { ...summary.files };
  for (const name of names) files[name] = await markOfFile(join(folder, name));
  await writeAtomically(
    join(folder, summaryFile),
    `${JSON.stringify({ ...summary, files }, undefined, 2)}\n`,
  );
}
