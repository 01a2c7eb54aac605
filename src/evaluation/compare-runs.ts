import type { Targets } from '../batches/targets.js';
import type { SplitName } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import type { CacheOptions } from '../files/bounded-cache.js';
import type { Predictions } from '../runs/predictions-file.js';
import type { RunFolder } from '../runs/run-folder.js';
import { measure, type TimedEvaluation } from './evaluate.js';
import { keptPredictions, openSplitOfRun, type PredictRunOptions, predictRun } from './predict-run.js';
import { type RunCost, runCost } from './run-cost.js';

/** A run and its figures, or why there are none. */
export type ComparedRun = MeasuredRun | FailedRun;

export interface MeasuredRun {
  readonly run: RunFolder;
  readonly evaluation: TimedEvaluation;
  readonly cost: RunCost;
  /** What the figures were measured on. */
  readonly examples: MeasuredExamples;
  readonly backend: string;
  readonly threads: number;
  /** Whether the model's answers were kept from an earlier evaluation. */
  readonly kept: boolean;
  /** Whether the model answers each example rightly, `[examples]`: 1 or 0. */
  readonly correct: Uint8Array;
  /** What is true of them. */
  readonly targets: Targets;
}

/** Two runs can be tested against each other when these are the same. */
export interface MeasuredExamples {
  readonly dataset: string;
  readonly split: SplitName;
  /** Changes with the examples, their order and their labels. */
  readonly contentHash: string;
  readonly labels: readonly string[];
}

export interface FailedRun {
  readonly run: RunFolder;
  readonly error: UserError;
}

export interface CompareRunsOptions extends CacheOptions {
  split: SplitName;
  dataDir: string;
  batchSize: number;
  /** Whether answers that an earlier evaluation kept will do; default: always. */
  accepts?: (kept: Predictions) => boolean;
  /** Makes a backend the current one; only called when a run has to be evaluated, and once. */
  useBackend: () => Promise<PredictRunOptions['backend']>;
  /** Is told which run is evaluated now, and how many examples there are. */
  onStart?: (run: RunFolder, examples: number) => void;
  onProgress?: (examplesDone: number) => void;
}

/**
 * Measures several runs, each on a split of the dataset that it was trained on. What an earlier evaluation kept is used
 * where model and examples are still the same. A run that is damaged, or whose data is, does not keep the others back.
 *
 * @returns the best first, by the first figure of its task; of equal ones in the order given; runs without figures last
 */
export async function compareRuns(
  runs: readonly RunFolder[],
  options: CompareRunsOptions,
): Promise<ComparedRun[]> {
  let backend: Promise<PredictRunOptions['backend']> | undefined;
  const useBackend = () => {
    backend ??= options.useBackend();
    return backend;
  };
  const compared: ComparedRun[] = [];
  for (const run of runs) {
    try {
      compared.push(await measureRun(run, { ...options, useBackend }));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      compared.push({ run, error });
    }
  }
  const rank = (each: ComparedRun) => (isMeasured(each) ? (each.evaluation.figures[0].value ?? 0) : -1);
  return compared.sort((one, other) => rank(other) - rank(one));
}

/** Whether a run has figures. */
export function isMeasured(compared: ComparedRun): compared is MeasuredRun {
  return 'evaluation' in compared;
}

async function measureRun(run: RunFolder, options: CompareRunsOptions): Promise<MeasuredRun> {
  const { accepts = () => true, onStart, onProgress, cacheDir, cacheSize, batchSize } = options;
  const { dataset } = await run.readConfig();
  const split = await openSplitOfRun(run, options);
  const found = await keptPredictions(run, split);
  const kept = found && accepts(found) ? found : undefined;
  const predictions =
    kept ??
    (await predictRun(run, split, {
      ...{ cacheDir, cacheSize, batchSize, onProgress },
      backend: await options.useBackend(),
      onStart: (examples) => onStart?.(run, examples),
    }));
  const task = await run.readTask();
  const evaluation = measure(predictions, task);
  return {
    run,
    evaluation,
    cost: await runCost(run),
    examples: {
      dataset: dataset.name,
      split: split.name,
      contentHash: split.contentHash,
      labels: split.labels,
    },
    backend: predictions.backend,
    threads: predictions.threads,
    kept: kept !== undefined,
    correct: task.correct(predictions),
    targets: predictions.targets,
  };
}
