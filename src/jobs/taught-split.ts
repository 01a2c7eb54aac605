import { createHash } from 'node:crypto';
import { getBackend } from '@tensorflow/tfjs-core';
import type { Config } from '../config/schema.js';
import { openSplit } from '../datasets/open-split.js';
import type { Example, TextSplit } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import { keptPredictions, type PredictRunOptions, predictRun } from '../evaluation/predict-run.js';
import { countOf } from '../formats/numbers.js';
import { findRun } from '../runs/find-run.js';
import type { RunFolder } from '../runs/run-folder.js';

export interface TaughtSplitOptions extends Pick<PredictRunOptions, 'cacheDir' | 'cacheSize'> {
  /** What targets are indices into. */
  readonly labels: readonly string[];
  readonly dataDir: string;
  /** Where the teacher is; default: `models`. */
  readonly modelsDir?: string;
  /** What computes; default: the current backend's name, one thread. */
  readonly backend?: PredictRunOptions['backend'];
  /** Is told what is learnt in this way. */
  readonly onNote?: (text: string) => void;
}

/**
 * The texts without labels of a config's data set, with the labels that `training.teacher` gives them (pseudo-labels: Lee 2013),
 * each counting as much as the teacher is sure of it. What the teacher says is kept in its folder and not computed again.
 *
 * @returns undefined where there is no teacher
 * @throws UserError when there is no such run, its labels are not those of the data, or there are no texts without labels
 */
export async function taughtSplit(
  { dataset, training }: Config,
  { labels, dataDir, modelsDir = 'models', onNote, ...options }: TaughtSplitOptions,
): Promise<TextSplit | undefined> {
  const { teacher, batchSize } = training;
  if (teacher === 'none') return undefined;
  const run = await findRun(modelsDir, teacher.run, { onWarning: onNote });
  await checkLabels(run, labels);
  const task = await run.readTask();
  if (!task.pseudoLabels) {
    throw new UserError(
      `training.teacher: ${run.path} gives a text several labels, which are not learnt from a teacher.`,
      'Set training.teacher to none.',
    );
  }
  const split = await openSplit('unsupervised', { dataset, dataDir, onNote });
  if (split.kind === 'ids') throw new TypeError('word ids have no texts');
  onNote?.(`${countOf(split.count, 'text')} without a label are learnt as ${run.path} answers them`);
  const backend = options.backend ?? { name: getBackend(), threads: 1 };
  const kept = await keptPredictions(run, split);
  const { outputs } = kept ?? (await predictRun(run, split, { ...options, backend, batchSize }));
  const contentHash = createHash('sha256').update(split.contentHash).update(outputs).digest('hex');
  const { targets, weights } = task.pseudoLabels(outputs);
  return { ...split, labels, contentHash, read: () => withLabels(split, { targets, weights }) };
}

async function checkLabels(run: RunFolder, labels: readonly string[]): Promise<void> {
  const own = await run.readLabels();
  if (own.length === labels.length && own.every((label, place) => label === labels[place])) return;
  throw new UserError(
    `training.teacher: ${run.path} answers ${own.join(', ')}, but the labels of the data are ${labels.join(', ')}.`,
    'Name a run that was trained on this data.',
  );
}

async function* withLabels(
  split: TextSplit,
  { targets, weights }: { readonly targets: Int32Array; readonly weights: Float32Array },
): AsyncGenerator<readonly Example[]> {
  let before = 0;
  for await (const portion of split.read()) {
    const first = before;
    yield portion.map((example, place) => ({
      ...{ ...example, target: targets[first + place], weight: weights[first + place] },
    }));
    before += portion.length;
  }
}
