import { exampleCount } from '../batches/encoded-split.js';
import type { Config } from '../config/schema.js';
import { describeSystemError } from '../errors/system-error.js';
import { featureColumnsOf } from '../model/joined-features.js';
import type { TrainingFacts } from '../reporting/run-description.js';
import type { RunFolder } from '../runs/run-folder.js';
import { describeOwner, lockRun, type RunLock } from '../runs/run-lock.js';
import { identityOf } from '../runs/training-identity.js';
import { checkThresholds, type Decision } from '../tasks/decision.js';
import { openTask } from '../tasks/open-task.js';
import type { Task } from '../tasks/task.js';
import { runIdsOf } from '../text/run-ids.js';
import { disposeSnapshot, takeCheckpoint } from '../training/checkpoint.js';
import { createLearner } from '../training/create-learner.js';
import type { Learner } from '../training/learner.js';
import { loopOptions } from '../training/loop-options.js';
import { type TrainEvent, train } from '../training/train.js';
import type { BestEpoch, TrainingState } from '../training/training-state.js';
import { beginRun, goOn, placesOf, prepareRun } from './begin-run.js';
import { checkValidation } from './check-validation.js';
import { CheckpointWriter } from './checkpoint-writer.js';
import type { ContinueFrom } from './continuation.js';
import { decideRun } from './decide-run.js';
import { explainNotFinite } from './explain-not-finite.js';
import { MetricsLog, type MetricsPlace } from './metrics-log.js';
import { checkEpochs, openCheckpoint, restoreLearner } from './open-resumed.js';
import { writeReports } from './write-reports.js';

export interface TrainRunOptions {
  config: Config;
  /** For the run's default name. */
  configName: string;
  dataDir: string;
  modelsDir: string;
  /** The run's name. */
  name?: string;
  /**
   * A run to go on with; `name` does not count then. `config` is that of the run, but may have more epochs and save itself at
   * other times.
   */
  resume?: RunFolder;
  /**
   * A run whose model the new one begins with, other data being `config.dataset`; see `continueConfig`. Its words and labels keep
   * their weights, new ones are added; it stays as it is.
   */
  from?: ContinueFrom;
  /** Whether a run goes on although its settings, examples or files are other ones than it was begun with; default: false. */
  force?: boolean;
  /** What computes, noted with the results. */
  backend?: Pick<TrainingFacts, 'backend' | 'threads' | 'simd' | 'vectorBits' | 'instructions'>;
  /** Bytes that what is kept in `<dataDir>/cache` may have. */
  cacheSize?: number;
  signal?: AbortSignal;
}

export type TrainRunEvent =
  | TrainEvent
  /** Something that the user should know of a run that goes on, or of what could not be saved. */
  | { type: 'note' | 'warning'; text: string }
  | {
      type: 'prepared';
      run: RunFolder;
      task: Task;
      trainingExamples: number;
      /** Whether excerpts of texts are among these. */
      excerpts: boolean;
      validationExamples: number;
      knownTokens: number;
      parameters: number;
      fromCache: boolean;
      /** Where a resumed training goes on. */
      resumed?: { epoch: number; step: number };
    }
  | {
      type: 'finished';
      status: 'completed' | 'interrupted';
      run: RunFolder;
      best?: BestEpoch;
      /** Temperatures and thresholds that were chosen, where the config asks for some. */
      decision?: Decision;
      facts: TrainingFacts;
    };

/**
 * Trains by a config and keeps everything in a run folder: the model whenever it is the best so far, a checkpoint at the
 * beginning, at the end of each epoch, every so many seconds, and after an interruption one of that very step; in the end the
 * report, the model card and run.json. A training that was interrupted before its first epoch ended still leaves the model as
 * it is. The run is locked as long as the training goes on.
 *
 * @throws UserError when another process trains the run, when what is resumed is not what it was, and when what was trained
 * cannot be written
 */
export async function* trainRun(options: TrainRunOptions): AsyncGenerator<TrainRunEvent> {
  const lock = options.resume && (await lockRun(options.resume.path, 'training'));
  const held = { lock };
  try {
    yield* trainLocked(options, held);
  } finally {
    await held.lock?.release();
  }
}

async function* trainLocked(
  options: TrainRunOptions,
  held: { lock: RunLock | undefined },
): AsyncGenerator<TrainRunEvent> {
  const { resume, signal } = options;
  const started = performance.now();
  const told: TrainRunEvent[] = [];
  const onNote = (text: string) => told.push({ type: 'note', text });
  const force = options.force ? (text: string) => told.push({ type: 'warning', text }) : undefined;
  if (held.lock?.dead) {
    onNote(`${describeOwner(held.lock.dead)} has died while it trained ${resume!.path}: taking over`);
  }
  const { prepared, continuation } = await prepareRun(options, { force, onNote });
  const { config, split, vocabulary, training, validation, fromCache } = prepared;
  const { labels, features } = split;
  const { idCount, knownSize: knownTokens } = vocabulary;
  const task = openTask(config.task, labels, { monitor: config.training.monitor });
  checkValidation(config.training, { examples: exampleCount(validation) });
  if (config.training.threshold !== 'none') checkThresholds(task);
  const checkpoint = resume && (await openCheckpoint(resume, { force, onNote }));
  const state = checkpoint?.state;
  if (resume) await checkEpochs(resume, { checkpoint, config, onNote });
  const learner = await createLearner({
    ...{ config, task, training, features, idCount, runIds: runIdsOf(vocabulary) },
    ...{ dropout: state?.dropout, initialize: continuation?.initialize },
  });
  const facts = { ...options.backend, trainedOn: await identityOf(prepared) };
  let run = resume;
  let writer: CheckpointWriter | undefined;
  try {
    if (checkpoint) await restoreLearner(resume, learner, checkpoint);
    run ??= await beginRun(options, { prepared, continuation, learner, facts, held });
    const metrics = new MetricsLog(run, { stepsPerLine: config.training.logEvery });
    await metrics.keepUpTo(state, { place: checkpoint?.metrics as MetricsPlace | undefined, force });
    if (resume) await goOn(resume, { config, facts: { ...facts, ...placesOf(resume, options) } });
    const data = {
      trainingExamples: exampleCount(training),
      validationExamples: exampleCount(validation),
      knownTokens,
      parameters: learner.model.countParams(),
    };
    yield* told;
    const resumed = state && { epoch: state.epoch, step: state.step };
    const excerpts = config.text.excerpts !== 'none';
    yield { type: 'prepared', run, task, ...data, excerpts, fromCache, resumed };
    const beside = featureColumnsOf(learner.model);
    writer = writerOf(run, { learner, config, lock: held.lock!, saved: state });
    const events = train(learner, { ...loopOptions(config), task, validation, resume: state, signal });
    const best = yield* recordEvents(events, {
      run,
      learner,
      metrics,
      writer,
      lock: held.lock!,
      state,
    });
    const decision = await decideRun(run, { task, validation, config });
    const status = signal?.aborted ? 'interrupted' : 'completed';
    if (status === 'completed') await run.removeFormerCheckpoint();
    const results: TrainingFacts = {
      ...data,
      ...options.backend,
      ...(beside.length > 0 && { features: beside }),
      status,
      evaluations: {},
      bestEpoch: best?.epoch ?? null,
      seconds: (performance.now() - started) / 1_000,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1_024,
    };
    await writeReports(run, results);
    yield { type: 'finished', status, run, best, decision, facts: results };
  } catch (error) {
    // A training that failed before it had saved anything leaves nothing that could be used, and its name free.
    await writer?.settle();
    if (!resume && !writer?.hasWritten) await run?.removeWithoutModel();
    throw run ? await explainNotFinite(error, { run, training, vocabulary }) : error;
  } finally {
    await writer?.settle();
    if (checkpoint) disposeSnapshot(checkpoint.snapshot);
    learner.dispose();
  }
}

interface WriterContext {
  readonly learner: Learner;
  readonly config: Config;
  readonly lock: RunLock;
  readonly saved: TrainingState | undefined;
}

function writerOf(run: RunFolder, { learner, config, lock, saved }: WriterContext): CheckpointWriter {
  return new CheckpointWriter({
    saved,
    every: config.training.checkpoint,
    take: (moment) => takeCheckpoint(learner, moment),
    async write(checkpoint) {
      await lock.check();
      return run.writeCheckpoint(checkpoint);
    },
  });
}

/** Writes what each event makes worth keeping, then hands it on. @returns the epoch that is kept */
async function* recordEvents(
  events: AsyncGenerator<TrainEvent>,
  context: {
    run: RunFolder;
    learner: Learner;
    metrics: MetricsLog;
    writer: CheckpointWriter;
    lock: RunLock;
    state?: TrainingState;
  },
): AsyncGenerator<TrainRunEvent, BestEpoch | undefined> {
  const { run, learner, metrics, writer, lock } = context;
  let { state } = context;
  for await (const event of events) {
    if (event.type === 'step') {
      const now = event.state;
      state = now;
      await metrics.step(event);
      writer.afterStep(() => ({ state: now, metrics: metrics.place }));
    }
    if (event.type === 'epoch' || event.type === 'validated') {
      state = event.state;
      await lock.check();
      // The model first: a checkpoint that calls an epoch the best one promises that its weights are there.
      if (event.best) await run.writeModel(learner.model);
      await metrics.validation(event);
      // A moment that is no best one is saved when its time has come.
      if (event.type === 'epoch' || event.best) await writer.save({ state, metrics: metrics.place });
    }
    const failure = writer.takeFailure();
    if (failure !== undefined) yield unsaved(failure);
    yield event;
  }
  await metrics.flush();
  if (state) await writer.saveNow({ state, metrics: metrics.place });
  await lock.check();
  if (!state?.best) await run.writeModel(learner.model);
  return state?.best;
}

/** A disk that is full now may have room later: the training goes on. */
function unsaved(failure: unknown): TrainRunEvent {
  const reason = describeSystemError(failure);
  if (!reason) throw failure;
  const text = `the training could not be saved: ${reason.message} It goes on, and tries again. ${reason.hint}`;
  return { type: 'warning', text };
}
