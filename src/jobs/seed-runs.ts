import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { type Spread, spreadOf } from '../metrics/spread.js';
import { epochPoints, keptEpoch, placeText } from '../reporting/metric-series.js';
import { settingDifferences } from '../reporting/nearest-config.js';
import { refuseRunning } from '../runs/refuse-change.js';
import { RunFolder } from '../runs/run-folder.js';
import { runProgress } from '../runs/run-progress.js';
import type { FigureForm, Figures } from '../tasks/figure.js';
import type { Task } from '../tasks/task.js';

/** One of several trainings that differ in their seed alone. */
export interface SeedRun {
  readonly seed: number;
  /** Of its run. */
  readonly name: string;
  /** What is to be trained. */
  readonly config: Config;
  /** The run, where an earlier call has begun it. */
  readonly begun?: RunFolder;
  /** Whether that has finished. */
  readonly isFinished: boolean;
}

/** How good a seed's run is on the held-out examples. */
export interface SeedResult {
  readonly seed: number;
  readonly run: RunFolder;
  /** Such as `epoch 3`; absent where no epoch was finished. */
  readonly kept?: string;
  /** Of the kept weights; absent where no example was held out. */
  readonly validation?: Figures;
}

/** A figure of validation over all seeds. */
export interface SeedFigure extends FigureForm {
  readonly spread: Spread;
  /** The least, or of a loss the greatest. */
  readonly worst: number;
}

/**
 * The trainings of a config with `seeds` above 1: `<name>-seed-<s>`, each with the seed s, from the config's on.
 *
 * @param options.name in front; default: the config's name, the date and the first number that is free
 * @throws UserError when a run of such a name is being trained, or was trained with other settings
 */
export async function seedRuns(
  config: Config,
  { name, configName, modelsDir }: { name?: string; configName: string; modelsDir: string },
): Promise<SeedRun[]> {
  const front = name ?? (await freeFront(modelsDir, configName));
  const runs: SeedRun[] = [];
  for (let seed = config.seed; seed < config.seed + config.seeds; seed++) {
    const own = { ...config, seed, seeds: 1 };
    const ofSeed = { seed, name: `${front}-seed-${seed}`, config: own };
    const path = join(modelsDir, ofSeed.name);
    if (!existsSync(path)) runs.push({ ...ofSeed, isFinished: false });
    else {
      const begun = new RunFolder(path);
      await refuseRunning(path, 'trained again');
      await refuseOther(begun, own);
      runs.push({ ...ofSeed, begun, isFinished: (await runProgress(begun)) === 'finished' });
    }
  }
  return runs;
}

/** Reads what a run says of its kept epoch. */
export async function seedResult({ seed }: Pick<SeedRun, 'seed'>, run: RunFolder): Promise<SeedResult> {
  const point = keptEpoch(epochPoints(await run.readMetrics()));
  return {
    ...{ seed, run },
    ...(point && { kept: placeText(point) }),
    ...(point?.validation && { validation: point.validation }),
  };
}

/** Mean, deviation and worst of each figure that the task reports, over the runs that have it. */
export function overSeeds(
  results: readonly SeedResult[],
  { reported }: Pick<Task, 'reported'>,
): SeedFigure[] {
  return reported.flatMap((form) => {
    const values = results
      .map(({ validation }) => validation?.[form.name])
      .filter((value) => value !== undefined);
    if (values.length === 0) return [];
    const spread = spreadOf(values);
    return [{ ...form, spread, worst: form.lessIsBetter ? spread.greatest : spread.least }];
  });
}

/** @throws UserError when a run is not what would be trained under its name */
async function refuseOther(run: RunFolder, wanted: Config): Promise<void> {
  const keys = settingDifferences(await run.readConfig(), wanted).map(({ key }) => key);
  if (keys.length === 0) return;
  throw new UserError(
    `${run.path} was trained with other settings: ${keys.join(', ')} ${keys.length === 1 ? 'differs' : 'differ'}.`,
    'Choose another --name, or remove that run: imdb-rnn runs remove.',
  );
}

async function freeFront(modelsDir: string, configName: string): Promise<string> {
  const names = await readdir(modelsDir).catch(() => []);
  const now = new Date();
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
  for (let n = 1; ; n++) {
    const front = `${configName}-${date}-${n}`;
    if (!names.some((name) => name === front || name.startsWith(`${front}-seed-`))) return front;
  }
}
