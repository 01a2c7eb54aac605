import { basename } from 'node:path';
import type { Config } from '../config/schema.js';
import { listRuns, timeOf } from '../runs/find-run.js';
import { listRunFiles } from '../runs/list-run-files.js';
import { modelState } from '../runs/model-files.js';
import type { RunFolder } from '../runs/run-folder.js';
import { type RunProgress, runProgress } from '../runs/run-progress.js';
import { readTestLooks } from '../runs/test-looks.js';
import type { Evaluation, FigureForm, Figures } from '../tasks/figure.js';
import type { Task } from '../tasks/task.js';
import { nameModel } from './describe-model.js';
import { endedEpochs, epochPoints, keptEpoch } from './metric-series.js';
import type { TrainingFacts } from './run-description.js';

/** A run in a line. What cannot be read is left out, and `problem` says why. */
export interface RunOverview {
  readonly run: RunFolder;
  readonly status: RunProgress;
  /** When it was made, ms since 1970. */
  readonly created: number;
  /** Of all its files. */
  readonly bytes: number;
  readonly model?: string;
  readonly dataset?: string;
  readonly task?: Task;
  /** Epochs that the settings ask for, that were finished, and the one whose weights are kept: 1.5 within the second one. */
  readonly epochs?: number;
  readonly epochsDone?: number;
  readonly keptEpoch?: number;
  /** The kept epoch's figures on held-out examples. */
  readonly validation?: Figures;
  /** Figures on the test examples, where they were measured. */
  readonly test?: Evaluation;
  /** How often figures or answers of its test examples were seen. */
  readonly testLooks?: number;
  /** What is damaged or missing, in a sentence. */
  readonly problem?: string;
}

/** An overview of every run of a folder, the newest first. */
export async function listOverviews(modelsDir: string): Promise<RunOverview[]> {
  const overviews: RunOverview[] = [];
  // One after the other: many runs at once would open many files at once.
  for (const run of await listRuns(modelsDir)) overviews.push(await overviewOf(run));
  return overviews;
}

/** What the files of a run tell of it in short, as far as they can be read; throws for no damage. */
export async function overviewOf(run: RunFolder): Promise<RunOverview> {
  const files = await listRunFiles(run.path);
  const shared = { run, created: await timeOf(run), bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  try {
    const [config, task, records, summary, status, state, looks] = await Promise.all([
      run.readConfig(),
      run.readTask(),
      run.readMetrics(),
      run.readSummary(),
      runProgress(run),
      modelState(run.path),
      readTestLooks(run),
    ]);
    const epochs = epochPoints(records);
    const kept = keptEpoch(epochs);
    const test = (summary as TrainingFacts | undefined)?.evaluations?.test;
    return {
      ...{ ...shared, status, task, model: nameModel(config.model), dataset: nameDataset(config.dataset) },
      ...(config.model.type !== 'ensemble' && {
        epochs: config.training.epochs,
        epochsDone: endedEpochs(epochs),
      }),
      ...(kept && { keptEpoch: kept.epoch }),
      ...(kept?.validation && { validation: kept.validation }),
      ...(test && { test }),
      testLooks: looks.length,
      ...(state === 'damaged' && { problem: 'its model is damaged: weights are missing or cut short' }),
    };
  } catch (error) {
    const status = await runProgress(run).catch(() => 'unfinished' as const);
    return { ...shared, status, problem: (error as Error).message };
  }
}

/** The figure of validation that stands for all where there is no room for more; the loss comes first and is not it. */
export function mainFigure(task: Task): FigureForm {
  return task.reported.at(-1)!;
}

function nameDataset(dataset: Config['dataset']): string {
  if (dataset.name !== 'files') return dataset.name;
  const paths = [dataset.path ?? dataset.train].flat().filter((path) => path !== undefined);
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
  return `${basename(paths[0] ?? 'files')}${more}`;
}
