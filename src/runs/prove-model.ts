import { join } from 'node:path';
import { modelFile } from './model-files.js';
import { checkProven, readVerified, type Trust } from './read-verified.js';
import { runningStatus, type Summary } from './summary-file.js';

/**
 * Makes sure that model.json is as run.json knows it. Nothing is known of it while a training goes on, which may have begun,
 * or ended, since it was read.
 *
 * @param json what was read of it
 * @throws UserError when it was changed, unless it is trusted
 */
export async function proveModel(
  run: { readonly path: string; readSummary(): Promise<Summary | undefined> },
  json: Buffer,
  { trust }: { trust: Trust | undefined },
): Promise<void> {
  const path = join(run.path, modelFile);
  const summary = await run.readSummary();
  const mark = summary?.status === runningStatus ? undefined : summary?.files?.[modelFile];
  if (!mark || !(await readVerified(path, undefined)).equals(json)) return;
  checkProven(path, json, { marks: [mark], trust });
}
