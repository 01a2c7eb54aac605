import { join } from 'node:path';
import { readTargets } from '../batches/read-targets.js';
import { examplesOfFold, stratifiedFolds } from '../batches/stratified-folds.js';
import { targetCount } from '../batches/targets.js';
import type { Config } from '../config/schema.js';
import { createFoldExtent } from '../curation/fold-extent.js';
import { openSplit } from '../datasets/open-split.js';
import { partOfSplit } from '../datasets/part-of-split.js';
import { resolveDataset, splitsOfDataset } from '../datasets/resolve-dataset.js';
import { UserError } from '../errors/user-error.js';
import { type Spread, spreadOf } from '../metrics/spread.js';
import { refuseEnsemble } from '../model/refuse-ensemble.js';
import { Random } from '../random/random.js';
import { checkThresholds } from '../tasks/decision.js';
import type { FigureForm } from '../tasks/figure.js';
import { openTask, resolveTask } from '../tasks/open-task.js';
import { type FoldResult, measureFold } from './measure-fold.js';

export interface CrossValidateOptions {
  /** Parts that the examples are dealt into, at least 2; a model is trained without each of them. */
  readonly folds: number;
  readonly dataDir: string;
  /** Bytes that what is kept in `<dataDir>/cache` may have. */
  readonly cacheSize?: number;
  /** Ends it after the step that runs; the folds that are done are told. */
  readonly signal?: AbortSignal;
}

export type CrossValidateEvent =
  | { readonly type: 'started'; readonly examples: number; readonly labels: readonly string[] }
  | {
      readonly type: 'progress';
      /** From 1. */
      readonly fold: number;
      readonly epoch: number;
      /** Examples learnt from, over all epochs and folds. */
      readonly done: number;
      /** What `done` will be in the end; an estimate, since a training may end before its last epoch. */
      readonly total: number;
    }
  | { readonly type: 'fold'; readonly result: FoldResult };

/** A figure over all folds. */
export interface FigureOverFolds extends FigureForm {
  /** `null` where no fold has a value. */
  readonly spread: Spread | null;
  readonly main?: true;
}

export interface CrossValidation {
  /** With all filled in that the data tells. */
  readonly config: Config;
  /** Examples of all folds. */
  readonly examples: number;
  /** How many there were to be. */
  readonly foldCount: number;
  /** Those that are done: all, unless it was stopped. */
  readonly folds: readonly FoldResult[];
  /** Figures of the task over the folds that are done; none where none is. */
  readonly figures: readonly FigureOverFolds[];
}

/**
 * Trains a model for each fold of a config's training examples, on all other folds, and measures it on its own: how good a model
 * of this config is on examples that it has not seen, and how much that depends on which examples it has learnt from. Folds have
 * each label in the same share. Nothing of a fold is known to its model: the vocabulary, too, is counted without it. Each training
 * goes as one of `trainRun` would: the epoch is chosen by a share of the other folds, or by the data set's own validation
 * examples, and temperatures and thresholds are chosen where the config asks for them. No run is written. The same config, seed,
 * data and number of threads give the same figures.
 *
 * @param given of any model that can be trained
 * @throws UserError when there are fewer examples than folds, or the config cannot be trained on this data
 */
export async function* crossValidate(
  given: Config,
  { folds, dataDir, cacheSize, signal }: CrossValidateOptions,
): AsyncGenerator<CrossValidateEvent, CrossValidation> {
  refuseEnsemble(given.model);
  refuseTeacher(given);
  const dataset = await resolveDataset(given.dataset, { dataDir });
  const split = await openSplit('train', { dataset, dataDir });
  const config = { ...given, dataset, task: resolveTask(given.task, split) };
  const task = openTask(config.task, split.labels, { monitor: config.training.monitor });
  if (config.training.threshold !== 'none') checkThresholds(task);
  const hasOwn = (await splitsOfDataset({ dataset, dataDir })).includes('validation');
  const validationSplit = hasOwn ? await openSplit('validation', { dataset, dataDir }) : undefined;
  const targets = await readTargets(split);
  const examples = targetCount(targets);
  checkFolds(folds, examples);
  yield { type: 'started', examples, labels: split.labels };
  const foldOf = stratifiedFolds(targets, { folds, random: new Random(`cross-validation ${config.seed}`) });
  const extent = createFoldExtent();
  const most = config.training.epochs * examples * (1 - 1 / folds);
  const results: FoldResult[] = [];
  for (let fold = 0; fold < folds && !signal?.aborted; fold++) {
    const { heldOut, rest } = examplesOfFold(foldOf, fold);
    const parts = { rest: partOfSplit(split, rest), heldOut: partOfSplit(split, heldOut), validationSplit };
    const events = measureFold(parts, {
      ...{ config, task, fold: fold + 1, signal },
      cache: { cacheDir: join(dataDir, 'cache'), cacheSize },
    });
    const later = Array.from({ length: folds - fold - 1 }, () => ({ judge: 'model', most }));
    let done = 0;
    let next = await events.next();
    for (; !next.done; next = await events.next()) {
      done = next.value.done;
      const far = extent.at({ judge: 'model', done, most: next.value.total }, later);
      yield { type: 'progress', fold: fold + 1, epoch: next.value.epoch, ...far };
    }
    if (next.value === undefined) break;
    extent.finish('model', done);
    results.push(next.value);
    yield { type: 'fold', result: next.value };
  }
  return { config, examples, foldCount: folds, folds: results, figures: overFolds(results) };
}

/** Mean, deviation and interval of each figure over the folds that have a value of it. */
function overFolds(folds: readonly FoldResult[]): FigureOverFolds[] {
  const [first] = folds;
  if (!first) return [];
  return first.evaluation.figures.map(({ name, title, form, lessIsBetter, main }, place) => {
    const values = folds
      .map(({ evaluation }) => evaluation.figures[place].value)
      .filter((value) => value !== null);
    const spread = values.length > 0 ? spreadOf(values) : null;
    return { name, title, form, ...(lessIsBetter && { lessIsBetter }), ...(main && { main }), spread };
  });
}

function checkFolds(folds: number, examples: number): void {
  if (folds >= 2 && folds <= examples) return;
  throw new UserError(
    `${examples} examples cannot be dealt into ${folds} folds.`,
    'Expected at least 2 folds, and at least one example for each.',
  );
}

/** A teacher has learnt from the examples that a fold holds out. */
function refuseTeacher({ training: { teacher } }: Config): void {
  if (teacher === 'none') return;
  throw new UserError(
    `training.teacher is ${teacher.run}, which has learnt from examples of every fold.`,
    'Set training.teacher to none: --set training.teacher=none.',
  );
}
