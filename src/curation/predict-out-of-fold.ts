import { encodeSplit } from '../batches/encode-split.js';
import { exampleCount, subset } from '../batches/encoded-split.js';
import type { Targets } from '../batches/targets.js';
import type { Split } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import { Random } from '../random/random.js';
import type { RunFolder } from '../runs/run-folder.js';
import { predictFold } from './predict-fold.js';
import { examplesOfFold, stratifiedFolds } from './stratified-folds.js';

export interface OutOfFoldOptions {
  /** Parts that the examples are dealt into, each predicted by a model that was trained on the others. At least 2. */
  readonly folds: number;
  /** Where encoded splits are kept. */
  readonly cacheDir: string;
  /** Ends it after the step that runs; the folds that are done are kept. */
  readonly signal?: AbortSignal;
}

/** What was said of all training examples by models that had not learnt from them. */
export interface OutOfFoldPredictions {
  /** Row-major `[examples, columns]`, as the models give them. */
  readonly outputs: Float32Array;
  readonly targets: Targets;
}

export type OutOfFoldEvent =
  | {
      readonly type: 'started';
      readonly examples: number;
      /** Folds that an earlier call has left in the run's folder. */
      readonly foldsKept: number;
    }
  | {
      readonly type: 'progress';
      /** From 1. */
      readonly fold: number;
      readonly epoch: number;
      /** Examples learnt from, over all epochs and folds of this call. */
      readonly done: number;
      /** What `done` will be in the end; an estimate, since a training may end before its last epoch. */
      readonly total: number;
    };

/**
 * Trains a model of a run's config for each fold of the run's training examples, on all other folds, and asks it for the
 * examples of its fold. All models have the run's vocabulary, which was counted on all examples without their labels. Each
 * fold's answers are kept in the run's folder, and what is kept there is not computed again.
 *
 * @param split the run's training split
 * @returns undefined when it was stopped
 * @throws UserError when there are fewer examples than folds
 */
export async function* predictOutOfFold(
  run: RunFolder,
  split: Split,
  { folds, cacheDir, signal }: OutOfFoldOptions,
): AsyncGenerator<OutOfFoldEvent, OutOfFoldPredictions | undefined> {
  const [config, task, vocabulary] = await Promise.all([
    run.readConfig(),
    run.readTask(),
    run.readVocabulary(),
  ]);
  const encoded = await encodeSplit(split, { vocabulary, cacheDir });
  const examples = exampleCount(encoded);
  checkFolds(folds, examples);
  const { targets } = encoded;
  const identity = { config, vocabulary: vocabulary.serialize(), split, folds };
  const kept = await run.readFoldPredictions(identity);
  const outputs = kept?.outputs ?? new Float32Array(examples * task.columns);
  const foldsKept = kept?.foldsDone ?? 0;
  yield { type: 'started', examples, foldsKept };
  const foldOf = stratifiedFolds(targets, { folds, random: new Random(`folds ${config.seed}`) });
  let before = 0;
  for (let fold = foldsKept; fold < folds; fold++) {
    const { heldOut, rest } = examplesOfFold(foldOf, fold);
    const parts = { rest: subset(encoded, rest), heldOut: subset(encoded, heldOut) };
    const events = predictFold(parts, { config, task, idCount: vocabulary.idCount, signal });
    let done = 0;
    let next = await events.next();
    for (; !next.done; next = await events.next()) {
      done = next.value.done;
      // Former folds tell how many epochs it takes.
      const ofFold = fold === foldsKept ? next.value.total : Math.max(done, before / (fold - foldsKept));
      const total = before + ofFold * (folds - fold);
      yield { type: 'progress', fold: fold + 1, epoch: next.value.epoch, done: before + done, total };
    }
    if (next.value === undefined) return undefined;
    const { columns } = task;
    const answers = next.value;
    heldOut.forEach((example, row) => {
      outputs.set(answers.subarray(row * columns, (row + 1) * columns), example * columns);
    });
    before += done;
    await run.writeFoldPredictions({ outputs, foldsDone: fold + 1 }, identity);
  }
  return { outputs, targets };
}

function checkFolds(folds: number, examples: number): void {
  if (folds >= 2 && folds <= examples) return;
  throw new UserError(
    `${examples} examples cannot be dealt into ${folds} folds.`,
    'Expected at least 2 folds, and at least one example for each.',
  );
}
