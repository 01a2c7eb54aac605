import { join } from 'node:path';
import { checkProven, readVerified, refuseUnproven, type Trust } from './read-verified.js';
import { type Summary, summaryFile } from './summary-file.js';

/** Names of a run's files that are written once, when the run is made. */
export const fixedFiles = {
  config: 'config.yaml',
  vocabulary: 'vocabulary.txt',
  labels: 'labels.txt',
} as const;

/**
 * Reads such a file.
 *
 * @param options.summary run.json, which has the mark of it; while settings are replaced, also that of the new ones
 * @throws UserError when it is missing, or, unless it is trusted, not proven to be as it was written
 */
export async function readFixedFile(
  folder: string,
  name: string,
  { summary, trust }: { summary: Summary | undefined; trust: Trust | undefined },
): Promise<string> {
  const path = join(folder, name);
  const content = await readVerified(path, undefined);
  if (summary) {
    const { files, replacing } = summary as Summary & { readonly replacing?: Summary['files'] };
    const marks = [files?.[name], replacing?.[name]].filter((mark) => mark !== undefined);
    checkProven(path, content, { marks, trust });
  } else {
    const reason = 'is missing or damaged: nothing proves that the other files are as they were written';
    refuseUnproven(`${join(folder, summaryFile)} ${reason}.`, trust);
  }
  return content.toString();
}
