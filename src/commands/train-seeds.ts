import { formatFigure } from '../formats/figure.js';
import { countOf } from '../formats/numbers.js';
import { overSeeds, type SeedFigure, type SeedResult, seedResult, seedRuns } from '../jobs/seed-runs.js';
import { print, printJson } from '../terminal/print.js';
import { formatTable } from '../terminal/table.js';
import type { TrainAndReportOptions } from './train-and-report.js';
import { trainPlanned } from './train-planned.js';

/** Trains a run for each seed, or keeps one that has finished, and prints what they differ in. */
export async function trainSeeds(options: TrainAndReportOptions): Promise<void> {
  const { config, json } = options;
  const runs = await seedRuns(config, options);
  const { trained, interrupted } = await trainPlanned(runs, {
    ...options,
    titleOf: ({ seed }) => `seed ${seed}`,
  });
  const results = await Promise.all(trained.map(({ planned, run }) => seedResult(planned, run)));
  const stopped =
    results.length < runs.length ? { done: results.length, of: runs.length, interrupted } : undefined;
  const figures = results.length > 0 ? overSeeds(results, await results[0].run.readTask()) : [];
  if (json) printJson(recordOf(results, figures, runs.length));
  else print(describe(results, figures, stopped));
}

interface Stopped {
  readonly done: number;
  readonly of: number;
  /** The run whose training was stopped. */
  readonly interrupted?: string;
}

function describe(
  results: readonly SeedResult[],
  figures: readonly SeedFigure[],
  stopped: Stopped | undefined,
): string {
  const forms = figures.map(({ title }) => title);
  const rows = results.map(({ seed, run, kept = '-', validation }) => [
    String(seed),
    run.name,
    kept,
    ...figures.map(({ name, form }) => formatFigure(validation?.[name], form)),
  ]);
  const summary = [
    ['mean', ...figures.map(({ spread, form }) => formatFigure(spread.mean, form))],
    ['deviation', ...figures.map(writeDeviation)],
    ['worst', ...figures.map(({ worst, form }) => formatFigure(worst, form))],
  ].map(([title, ...cells]) => [title, '', '', ...cells]);
  const header = ['seed', 'run', 'kept', ...forms];
  const align = ['right', 'left', 'left', ...forms.map(() => 'right')] as ('left' | 'right')[];
  const lines = results.length > 0 ? [formatTable([...rows, ...summary], { header, align })] : [];
  const note = figures.length > 0 ? ['', 'Figures are those of the kept weights on held-out examples.'] : [];
  return [...lines, ...note, ...(stopped ? ['', describeStop(stopped)] : [])].join('\n');
}

function describeStop({ done, of, interrupted }: Stopped): string {
  const begun = interrupted === undefined ? '' : `, ${interrupted} is begun`;
  return `Stopped: ${done} of ${countOf(of, 'run')} are done${begun}. The same command with the same --name goes on.`;
}

/** One digit more than the figure has: deviations are small. */
function writeDeviation({ spread: { deviation }, form }: SeedFigure): string {
  if (deviation === null) return '-';
  return form === 'share' ? `${(deviation * 100).toFixed(2)} %` : deviation.toFixed(4);
}

function recordOf(results: readonly SeedResult[], figures: readonly SeedFigure[], count: number) {
  return {
    seeds: count,
    runs: results.map(({ run, ...result }) => ({ run: run.name, path: run.path, ...result })),
    validation: Object.fromEntries(figures.map(({ name, spread, worst }) => [name, { ...spread, worst }])),
  };
}
