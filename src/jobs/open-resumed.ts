import type { Config } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { scheduleOf } from '../optimizers/optimizer-table.js';
import { modelState } from '../runs/model-files.js';
import { refuseUnless, type Trust } from '../runs/read-verified.js';
import type { RunFolder } from '../runs/run-folder.js';
import {
  examplesDifference,
  identityOf,
  settingsDifference,
  type TrainingIdentity,
} from '../runs/training-identity.js';
import { disposeSnapshot, loadCheckpoint, type TrainingCheckpoint } from '../training/checkpoint.js';
import type { Learner, Snapshot } from '../training/learner.js';
import { continuationOf } from './continuation.js';
import type { PreparedData } from './prepare-data.js';

export interface ResumeOptions {
  /** Is told what is given up, which then is; default: refuse. */
  readonly force?: Trust;
  readonly onNote?: (note: string) => void;
}

const repeats = 'the model is then of no single training that could be repeated';

/**
 * Makes sure that a run goes on with what it was begun with.
 *
 * @param prepared what it would go on with
 * @throws UserError with all that differs, unless that is forced
 */
export async function checkSameTraining(
  run: RunFolder,
  prepared: PreparedData,
  { force }: ResumeOptions,
): Promise<void> {
  const [now, summary] = [await identityOf(prepared), await run.readSummary()];
  const former = summary?.trainedOn as TrainingIdentity | undefined;
  // Their marks are made anew when the training goes on: what was changed must not be taken for what was written.
  const [vocabulary] = await Promise.all([run.readVocabulary(), run.readLabels()]);
  const settings = former ? settingsDifference(former.config, now.config) : [];
  const anew = `train anew: imdb-rnn train --config ${run.path}/config.yaml`;
  if (settings.length > 0) {
    refuseUnless(force, {
      reason: listing(`${run.path}: the settings are not those that this run was begun with:`, settings),
      hint: `Put the former settings back, or ${anew}.`,
      forced: `goes on with the settings of now; ${repeats}`,
    });
  }
  // Version 0.1 noted neither settings nor examples.
  const sameWords = vocabulary.serialize() === prepared.vocabulary.serialize();
  const otherWords = sameWords ? [] : ['their vocabulary differs'];
  const examples = former ? examplesDifference(former, now) : otherWords;
  if (examples.length > 0) {
    refuseUnless(force, {
      reason: listing(`${run.path}: the examples are not those that this run was begun with:`, examples),
      hint: `Put the former data back, or ${anew}.`,
      forced: `goes on with the examples of now, read with the run's vocabulary; ${repeats}`,
    });
  }
}

/**
 * Where a run goes on; `undefined`: at its first step. The caller disposes of the tensors.
 *
 * @throws UserError when no checkpoint is whole, unless beginning anew is forced
 */
export async function openCheckpoint(
  run: RunFolder,
  { force, onNote }: ResumeOptions,
): Promise<TrainingCheckpoint | undefined> {
  const forced = 'begins anew at the first step, and replaces the model of the run; what was trained is lost';
  try {
    const checkpoint = await loadCheckpoint(run, { onNote });
    if (checkpoint) return Object.values(checkpoint.snapshot).flat().length > 0 ? checkpoint : undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (await continuationOf(run)) throw error;
    refuseUnless(force, { reason: error.message, hint: 'Take the folder from where it is whole.', forced });
    return undefined;
  }
  const summary = await run.readSummary();
  if (await continuationOf(run)) {
    throw new UserError(
      `${run.path} has lost its checkpoint, which alone has the weights that it began with.`,
      'Take the folder from where it is whole, or train again with --from.',
    );
  }
  const isOlder = summary?.trainedOn === undefined && (await modelState(run.path)) === 'none';
  if (isOlder) onNote?.(`${run.path} has no checkpoint yet: beginning at the first step`);
  else {
    const reason = `${run.path} has lost its checkpoint.`;
    refuseUnless(force, { reason, hint: 'Take the folder from where it is whole.', forced });
  }
  return undefined;
}

/**
 * Says what another number of epochs means.
 *
 * @throws UserError when a run is to end before the epoch that it has come to
 */
export async function checkEpochs(
  run: RunFolder,
  {
    checkpoint,
    config: { training },
    onNote,
  }: { checkpoint: TrainingCheckpoint | undefined; config: Config; onNote: (note: string) => void },
): Promise<void> {
  const { epochs, optimizer } = training;
  const schedule = training.schedule === 'auto' ? scheduleOf(optimizer) : training.schedule;
  const former = (await run.readConfig()).training.epochs;
  if (epochs !== former && schedule.name !== 'constant') {
    onNote(
      `the learning rate reaches to the end of the training, which was ${former} epochs and is ${epochs} now: from here on it is another one`,
    );
  }
  const done = checkpoint ? checkpoint.state.epoch - 1 : 0;
  if (done <= epochs) return;
  throw new UserError(
    `${run.path} has been trained for ${done} epochs; ${epochs} are fewer.`,
    `Give at least ${done}, or train a new run.`,
  );
}

/**
 * Gives a learner the numbers of a checkpoint.
 *
 * @throws UserError when they are those of another model, or of other examples
 */
export async function restoreLearner(
  run: RunFolder,
  learner: Learner,
  { snapshot }: TrainingCheckpoint,
): Promise<void> {
  const own = learner.snapshot();
  const kept = new Map(Object.entries<Snapshot['weights']>({ ...snapshot }));
  const fits = Object.entries<Snapshot['weights']>({ ...own }).every(([group, tensors]) => {
    const others = kept.get(group) ?? [];
    return tensors.every(({ name, tensor }, place) => {
      // A learner that has not learnt yet lacks most slots; names of weights may repeat, their order is that of the model.
      const other = group === 'weights' ? others[place] : others.find((each) => each.name === name);
      return `${other?.tensor.shape ?? tensor.shape}` === `${tensor.shape}`;
    });
  });
  disposeSnapshot(own);
  if (!fits || own.weights.length !== snapshot.weights.length) {
    throw new UserError(
      `${run.path}: the checkpoint does not fit the model that the settings make of these examples.`,
      `Train anew: imdb-rnn train --config ${run.path}/config.yaml`,
    );
  }
  await learner.restore(snapshot);
}

const listing = (title: string, lines: readonly string[]) => [title, ...lines].join('\n  ');
