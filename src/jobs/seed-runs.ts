import type { Config } from '../config/schema.js';
import { type Spread, spreadOf } from '../metrics/spread.js';
import { epochPoints, keptEpoch, placeText } from '../reporting/metric-series.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { FigureForm, Figures } from '../tasks/figure.js';
import type { Task } from '../tasks/task.js';
import { freeFront, type PlannedRun, plannedRun } from './planned-run.js';

/** One of several trainings that differ in their seed alone. */
export interface SeedRun extends PlannedRun {
  readonly seed: number;
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
    runs.push({ seed, ...(await plannedRun(`${front}-seed-${seed}`, { config: own, modelsDir })) });
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
