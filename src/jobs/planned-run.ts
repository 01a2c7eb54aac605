import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { settingDifferences } from '../reporting/nearest-config.js';
import { refuseRunning } from '../runs/refuse-change.js';
import { RunFolder } from '../runs/run-folder.js';
import { runProgress } from '../runs/run-progress.js';

/** One of several trainings that are to leave a run each. */
export interface PlannedRun {
  readonly name: string;
  /** What is to be trained. */
  readonly config: Config;
  /** The run, where an earlier call has begun it. */
  readonly begun?: RunFolder;
  /** Whether that has finished. */
  readonly isFinished: boolean;
}

/**
 * Looks whether a run of this name was begun.
 *
 * @throws UserError when it is being trained, or was trained with other settings
 */
export async function plannedRun(
  name: string,
  { config, modelsDir }: { readonly config: Config; readonly modelsDir: string },
): Promise<PlannedRun> {
  const path = join(modelsDir, name);
  if (!existsSync(path)) return { name, config, isFinished: false };
  const begun = new RunFolder(path);
  await refuseRunning(path, 'trained again');
  await refuseOther(begun, config);
  return { name, config, begun, isFinished: (await runProgress(begun)) === 'finished' };
}

async function refuseOther(run: RunFolder, wanted: Config): Promise<void> {
  const keys = settingDifferences(await run.readConfig(), wanted).map(({ key }) => key);
  if (keys.length === 0) return;
  throw new UserError(
    `${run.path} was trained with other settings: ${keys.join(', ')} ${keys.length === 1 ? 'differs' : 'differ'}.`,
    'Choose another --name, or remove that run: imdb-rnn runs remove.',
  );
}

/** What the names of several runs can begin with: the config's name, the date and the first number that is free. */
export async function freeFront(modelsDir: string, configName: string): Promise<string> {
  const names = await readdir(modelsDir).catch(() => []);
  const now = new Date();
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  for (let n = 1; ; n++) {
    const front = `${configName}-${date}-${n}`;
    if (!names.some((name) => name === front || name.startsWith(`${front}-`))) return front;
  }
}
