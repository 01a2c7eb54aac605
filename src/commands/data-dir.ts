import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Command } from 'commander';
import type { RunFolder } from '../runs/run-folder.js';

/** Where the data of a run is: in the folder that `--data-dir` names, else where it was when the run was trained, if it still is. */
export async function dataDirOf(
  run: RunFolder,
  { dataDir }: { readonly dataDir: string },
  command: Command,
): Promise<string> {
  if (command.getOptionValueSource('dataDir') !== 'default') return dataDir;
  const noted = (await run.readSummary())?.dataDir;
  if (typeof noted !== 'string') return dataDir;
  const place = resolve(run.path, noted);
  return existsSync(place) ? relative('', place) || '.' : dataDir;
}
