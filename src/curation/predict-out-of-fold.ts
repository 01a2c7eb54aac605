import { encodeSplit } from '../batches/encode-split.js';
import { exampleCount } from '../batches/encoded-split.js';
import type { Targets } from '../batches/targets.js';
import type { Split } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import type { RunFolder } from '../runs/run-folder.js';
import { runIdsOf } from '../text/run-ids.js';
import { blendQuestions } from './blend-questions.js';
import { createFoldExtent } from './fold-extent.js';
import { foldSteps, partsOfFold } from './fold-steps.js';
import type { JudgeChoice } from './judge-choices.js';
import { type Judge, judgesOf } from './judges.js';
import { leaveOut } from './leave-out.js';
import { predictFold } from './predict-fold.js';

export interface OutOfFoldOptions {
  /** Parts that the examples are dealt into, each predicted by models that were trained on the others. At least 2. */
  readonly folds: number;
  /** How often the examples are dealt; rounds after the first learn nothing from what looks wrong by then. Default 2. */
  readonly rounds?: number;
  /** Default `both`. */
  readonly judges?: JudgeChoice;
  /** Where encoded splits are kept. */
  readonly cacheDir: string;
  /** Ends it after the step that runs; the folds that are done are kept. */
  readonly signal?: AbortSignal;
}

/** What was said of all training examples by models that had not learnt from them. */
export interface OutOfFoldPredictions {
  /** `[judges][rounds]`: row-major `[examples, columns]`, as the models give them. */
  readonly outputs: readonly (readonly Float32Array[])[];
  readonly targets: Targets;
  readonly judges: readonly Judge[];
  /** `[rounds]`: examples that no model of the round has learnt from. */
  readonly leftOut: readonly number[];
}

export type OutOfFoldEvent =
  | {
      readonly type: 'started';
      readonly examples: number;
      /** Folds of all rounds and judges. */
      readonly folds: number;
      /** Those that an earlier call has left in the run's folder. */
      readonly foldsKept: number;
    }
  | {
      readonly type: 'progress';
      /** From 1, over all rounds and judges. */
      readonly fold: number;
      /** From 1. */
      readonly round: number;
      readonly judge: Judge['name'];
      readonly epoch: number;
      /** Examples learnt from, over all epochs and folds of this call. */
      readonly done: number;
      /** What `done` will be in the end; an estimate, since a training may end before its last epoch. */
      readonly total: number;
    };

/**
 * Trains models for each fold of a run's training examples, on all other folds, and asks them for the examples of their fold:
 * for each judge (see `judgesOf`) one, in each round. Rounds deal anew, and learn nothing from the examples whose labels most
 * likely are wrong by all former rounds (see `leaveOut`), but they judge them. All models have the run's vocabulary, which was
 * counted on all examples without their labels. Each fold's answers are kept in the run's folder, and what is kept there is not
 * computed again.
 *
 * @param split the run's training split
 * @returns undefined when it was stopped
 * @throws UserError when there are fewer examples than folds, or the task has no labels of whole texts
 */
export async function* predictOutOfFold(
  run: RunFolder,
  split: Split,
  { folds, rounds = 2, judges: choice = 'both', cacheDir, signal }: OutOfFoldOptions,
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
  const judges = judgesOf(config, { task, judges: choice });
  const models = judges.map((judge) => judge.config.model);
  const identity = { config, models, vocabulary: vocabulary.serialize(), split, folds };
  const kept = await run.readFoldPredictions(identity);
  const passes = kept ? [...kept.passes] : [];
  const steps = foldSteps({ rounds, judges, folds });
  const foldsKept = Math.min(kept?.foldsDone ?? 0, steps.length);
  yield { type: 'started', examples, folds: steps.length, foldsKept };
  const outputsUntil = (round: number) =>
    judges.map((_, judge) => passes.filter((_, pass) => pass % judges.length === judge).slice(0, round));
  const leftOutOf: Uint8Array[] = Array.from({ length: rounds }, () => new Uint8Array(examples));
  const extent = createFoldExtent();
  for (let step = 0; step < steps.length; step++) {
    const { round, judge, pass, fold } = steps[step];
    if (judge === judges[0] && fold === 0 && round > 0) {
      const questions = blendQuestions(task, { outputs: outputsUntil(round), targets });
      leftOutOf[round] = leaveOut(questions.map(({ data }) => data));
    }
    if (step < foldsKept) continue;
    passes[pass] ??= new Float32Array(examples * task.columns);
    const parts = partsOfFold(encoded, steps[step], {
      folds,
      seed: config.seed,
      isLeftOut: leftOutOf[round],
    });
    const events = predictFold(parts, {
      ...{ config: judge.config, task, idCount: vocabulary.idCount, runIds: runIdsOf(vocabulary) },
      signal,
    });
    const later = steps.slice(step + 1).map(({ judge }) => {
      return { judge: judge.name, most: judge.config.training.epochs * examples * (1 - 1 / folds) };
    });
    let done = 0;
    let next = await events.next();
    for (; !next.done; next = await events.next()) {
      done = next.value.done;
      const far = extent.at({ judge: judge.name, done, most: next.value.total }, later);
      const place = { fold: step + 1, round: round + 1, judge: judge.name, epoch: next.value.epoch };
      yield { type: 'progress', ...place, ...far };
    }
    if (next.value === undefined) return undefined;
    const [{ columns }, outputs, answers] = [task, passes[pass], next.value];
    parts.judged.forEach((example, row) => {
      outputs.set(answers.subarray(row * columns, (row + 1) * columns), example * columns);
    });
    extent.finish(judge.name, done);
    await run.writeFoldPredictions({ passes, foldsDone: step + 1 }, identity);
  }
  const leftOut = leftOutOf.map((flags) => flags.reduce((sum, flag) => sum + flag, 0));
  return { outputs: outputsUntil(rounds), targets, judges, leftOut };
}

function checkFolds(folds: number, examples: number): void {
  if (folds >= 2 && folds <= examples) return;
  throw new UserError(
    `${examples} examples cannot be dealt into ${folds} folds.`,
    'Expected at least 2 folds, and at least one example for each.',
  );
}
