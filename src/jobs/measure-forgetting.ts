import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { relabelSplit } from '../datasets/relabel-split.js';
import type { TextSplit } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import { type ComparedEvaluations, compareEvaluations } from '../evaluation/compare-evaluations.js';
import { measure } from '../evaluation/evaluate.js';
import { openSplitOfRun, type PredictRunOptions, predictRun } from '../evaluation/predict-run.js';
import { spreadAnswers } from '../evaluation/spread-answers.js';
import { RunFolder } from '../runs/run-folder.js';
import { openTask } from '../tasks/open-task.js';
import { continuationOf } from './continuation.js';

/** Figures of the former model and of the one that went on from it on the same examples, or why there are none. */
export type Change = ComparedEvaluations | { readonly missing: string };

/** What a training that went on from another run has changed. */
export interface Forgetting {
  /** Name of the former run. */
  readonly former: string;
  /** On the test examples of the former run: what was forgotten. */
  readonly old: Change;
  /** On the test examples of the new data: what was learnt. */
  readonly new: Change;
}

export interface MeasureForgettingOptions
  extends Pick<PredictRunOptions, 'batchSize' | 'backend' | 'cacheSize'> {
  /** Where the new data is. */
  readonly dataDir: string;
}

/**
 * Measures a run that went on from another one, and that one, on the test examples of both; `undefined` for a run that began anew.
 * What the former model says of a label that it does not know is no probability at all. Neither run's folder is changed.
 */
export async function measureForgetting(
  run: RunFolder,
  options: MeasureForgettingOptions,
): Promise<Forgetting | undefined> {
  const record = await continuationOf(run);
  if (!record) return undefined;
  const former = new RunFolder(resolve(run.path, record.path));
  const context = { run, former, options };
  return {
    former: record.run,
    old: await orMissing(async () => {
      const { dataDir } = record.sources[record.sources.length - 1];
      return onOld({ ...context, dataDir: resolve(run.path, dataDir) });
    }),
    new: await orMissing(() => onNew(context)),
  };

  async function orMissing(compare: () => Promise<ComparedEvaluations>): Promise<Change> {
    if (!existsSync(former.path)) return { missing: `${former.path} is gone` };
    try {
      const now = (await former.modelFacts()).sha256;
      if (now !== record?.modelSha256) return { missing: `${former.path} has another model by now` };
      return await compare();
    } catch (error) {
      if (error instanceof UserError) return { missing: error.message };
      throw error;
    }
  }
}

interface Context {
  readonly run: RunFolder;
  readonly former: RunFolder;
  readonly options: MeasureForgettingOptions;
}

async function onOld({
  run,
  former,
  options,
  dataDir,
}: Context & { readonly dataDir: string }): Promise<ComparedEvaluations> {
  const split = await openSplitOfRun(former, { split: 'test', dataDir });
  const cached = { ...options, cacheDir: join(options.dataDir, 'cache'), keep: false };
  const [formerTask, task] = [await former.readTask(), await run.readTask()];
  const before = await predictRun(former, split, cached);
  const relabelled = relabelSplit(split as TextSplit, await run.readLabels());
  const after = await predictRun(run, relabelled, cached);
  return compareEvaluations(measure(before, formerTask), measure(after, task));
}

async function onNew({ run, former, options }: Context): Promise<ComparedEvaluations> {
  const { dataDir } = options;
  const split = await openSplitOfRun(run, { split: 'test', dataDir });
  const cached = { ...options, cacheDir: join(dataDir, 'cache'), keep: false };
  const [formerTask, task] = [await former.readTask(), await run.readTask()];
  const { outputs, ...said } = await predictRun(former, split, cached);
  const labelCount = task.labels.length;
  const before = { ...said, outputs: spreadAnswers(outputs, { task: formerTask, labelCount }) };
  // Temperatures and thresholds of the former labels mean nothing where there are others.
  const judged = formerTask.labels.length === labelCount ? formerTask : openTask(task.name, task.labels);
  const after = await predictRun(run, split, cached);
  return compareEvaluations(measure(before, judged), measure(after, task));
}
