import { join } from 'node:path';
import { writeAtomically } from '../files/write-atomically.js';
import type { FittedForeignness, Foreignness } from '../foreignness/fit-foreignness.js';
import { parseForeignness, serializeForeignness } from '../foreignness/foreignness-file.js';
import { readVerified } from './read-verified.js';
import type { Summary } from './summary-file.js';

/** What tells foreign texts; only in runs that were trained with `unknown`. */
export const foreignnessFile = 'foreignness.bin';

/** Writes what tells foreign texts from those of the training. */
export function writeForeignness(folder: string, foreignness: FittedForeignness): Promise<void> {
  return writeAtomically(join(folder, foreignnessFile), serializeForeignness(foreignness));
}

/** Reads it. @throws UserError when it is missing, changed or of a newer version */
export async function readForeignness(folder: string, summary: Summary | undefined): Promise<Foreignness> {
  const path = join(folder, foreignnessFile);
  return parseForeignness(await readVerified(path, summary?.files?.[foreignnessFile]), path);
}
