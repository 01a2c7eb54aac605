import type { Targets } from '../batches/targets.js';
import { splitsOfDataset } from '../datasets/resolve-dataset.js';
import { heldOutExamples } from '../evaluation/held-out-examples.js';
import { openSplitOfRun, type PredictRunOptions, predictRun } from '../evaluation/predict-run.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Task } from '../tasks/task.js';

/** What runs say of examples that none of them has learnt from. */
export interface HeldOutAnswers {
  /** In the order of the runs. */
  readonly members: readonly { readonly outputs: Float32Array; readonly task: Task }[];
  readonly targets: Targets;
  readonly examples: number;
}

/**
 * Asks runs of one data set for its validation examples; where it has none of its own, for those that all of the runs have held
 * out of the training examples.
 *
 * @returns `undefined` where there are no such examples
 * @throws UserError when the data is missing or damaged
 */
export async function answersOfMembers(
  runs: readonly RunFolder[],
  options: Omit<PredictRunOptions, 'keep' | 'places' | 'onStart' | 'onProgress'> & {
    readonly dataDir: string;
    readonly onProgress?: (done: number, total: number) => void;
  },
): Promise<HeldOutAnswers | undefined> {
  const { dataDir, onProgress, ...computing } = options;
  const { dataset } = await runs[0].readConfig();
  const hasOwn = (await splitsOfDataset({ dataset, dataDir })).includes('validation');
  const chosen = hasOwn
    ? { split: await openSplitOfRun(runs[0], { split: 'validation', dataDir }), places: undefined }
    : await heldOutExamples(runs, options);
  if (!chosen) return undefined;
  const members: { outputs: Float32Array; task: Task }[] = [];
  let targets: Targets | undefined;
  let examples = 0;
  for (const [place, run] of runs.entries()) {
    const predictions = await predictRun(run, chosen.split, {
      ...{ ...computing, places: chosen.places, keep: false },
      onStart: (count) => {
        examples = count;
      },
      onProgress: (done) => onProgress?.(place * examples + done, runs.length * examples),
    });
    targets = predictions.targets;
    members.push({ outputs: predictions.outputs, task: await run.readTask() });
  }
  return targets && { members, targets, examples };
}
