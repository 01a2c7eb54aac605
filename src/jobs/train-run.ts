import { exampleCount } from '../batches/encoded-split.js';
import type { Config } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { featureColumnsOf } from '../model/joined-features.js';
import type { TrainingFacts } from '../reporting/run-description.js';
import { createRun } from '../runs/create-run.js';
import type { RunFolder } from '../runs/run-folder.js';
import { checkThresholds, type Decision } from '../tasks/decision.js';
import { openTask } from '../tasks/open-task.js';
import type { Task } from '../tasks/task.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { disposeSnapshot, loadCheckpoint, saveCheckpoint } from '../training/checkpoint.js';
import { createLearner } from '../training/create-learner.js';
import type { Learner } from '../training/learner.js';
import { loopOptions } from '../training/loop-options.js';
import { type TrainEvent, train } from '../training/train.js';
import type { BestEpoch, TrainingState } from '../training/training-state.js';
import { checkValidation } from './check-validation.js';
import { decideRun } from './decide-run.js';
import { fitUnknown } from './fit-unknown.js';
import { MetricsLog } from './metrics-log.js';
import { prepareData } from './prepare-data.js';
import { writeReports } from './write-reports.js';

export interface TrainRunOptions {
  config: Config;
  /** For the run's default name. */
  configName: string;
  dataDir: string;
  modelsDir: string;
  /** The run's name. */
  name?: string;
  /** A run to go on with; its config then counts, and `name` does not. */
  resume?: RunFolder;
  /** What computes, noted with the results. */
  backend?: Pick<TrainingFacts, 'backend' | 'threads' | 'simd' | 'vectorBits'>;
  /** Bytes that what is kept in `<dataDir>/cache` may have. */
  cacheSize?: number;
  signal?: AbortSignal;
}

export type TrainRunEvent =
  | TrainEvent
  | {
      type: 'prepared';
      run: RunFolder;
      task: Task;
      trainingExamples: number;
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
 * Trains by a config and keeps everything in a run folder: after each epoch a checkpoint, and the model whenever it is the
 * best so far; after an interruption a checkpoint of that very step; in the end the report, the model card and run.json. A
 * training that was interrupted before its first epoch ended still leaves the model as it is.
 */
export async function* trainRun(options: TrainRunOptions): AsyncGenerator<TrainRunEvent> {
  const { dataDir, signal } = options;
  const started = performance.now();
  const prepared = await prepareData(options.config, { dataDir, cacheSize: options.cacheSize });
  const { config, split, vocabulary, training, validation, fromCache } = prepared;
  const { labels, features } = split;
  const { idCount, knownSize: knownTokens } = vocabulary;
  const task = openTask(config.task, labels, { monitor: config.training.monitor });
  checkValidation(config.training, { examples: exampleCount(validation) });
  if (config.training.threshold !== 'none') checkThresholds(task);
  if (options.resume) await checkSameVocabulary(options.resume, vocabulary);
  const checkpoint = options.resume && (await loadCheckpoint(options.resume));
  const state = checkpoint?.state;
  const learner = await createLearner({ config, task, training, features, idCount, dropout: state?.dropout });
  const run =
    options.resume ?? (await createRun(options.modelsDir, { ...options, config, vocabulary, labels }));
  try {
    const foreignness = options.resume ? undefined : await fitUnknown(split, config);
    if (foreignness) await run.writeForeignness(foreignness);
    if (checkpoint) await learner.restore(checkpoint.snapshot);
    const data = {
      trainingExamples: exampleCount(training),
      validationExamples: exampleCount(validation),
      knownTokens,
      parameters: learner.model.countParams(),
    };
    const resumed = state && { epoch: state.epoch, step: state.step };
    yield { type: 'prepared', run, task, ...data, fromCache, resumed };
    const beside = featureColumnsOf(learner.model);
    const metrics = new MetricsLog(run, { stepsPerLine: config.training.logEvery });
    await metrics.keepUpTo(state);
    const events = train(learner, { ...loopOptions(config), task, validation, resume: state, signal });
    const best = yield* recordEvents(events, { run, learner, metrics, state, signal });
    const decision = await decideRun(run, { task, validation, config });
    const status = signal?.aborted ? 'interrupted' : 'completed';
    const facts: TrainingFacts = {
      ...data,
      ...options.backend,
      ...(beside.length > 0 && { features: beside }),
      status,
      evaluations: {},
      bestEpoch: best?.epoch ?? null,
      seconds: (performance.now() - started) / 1_000,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1_024,
    };
    await writeReports(run, facts);
    yield { type: 'finished', status, run, best, decision, facts };
  } catch (error) {
    // A training that failed before it had a model leaves nothing that could be used, and its name free.
    if (!options.resume) await run.removeWithoutModel();
    throw error;
  } finally {
    if (checkpoint) disposeSnapshot(checkpoint.snapshot);
    learner.dispose();
  }
}

/** Writes what each event makes worth keeping, then hands it on. @returns the epoch that is kept */
async function* recordEvents(
  events: AsyncGenerator<TrainEvent>,
  context: {
    run: RunFolder;
    learner: Learner;
    metrics: MetricsLog;
    state?: TrainingState;
    signal?: AbortSignal;
  },
): AsyncGenerator<TrainEvent, BestEpoch | undefined> {
  const { run, learner, metrics, signal } = context;
  let { state } = context;
  for await (const event of events) {
    if (event.type === 'step') {
      state = event.state;
      await metrics.step(event);
    }
    if (event.type === 'epoch' || event.type === 'validated') {
      state = event.state;
      // The model first: a checkpoint that calls an epoch the best one promises that its weights are there.
      if (event.best) await run.writeModel(learner.model);
      await metrics.validation(event);
      if (event.type === 'epoch' || event.best) await saveCheckpoint(run, learner, state);
    }
    yield event;
  }
  await metrics.flush();
  if (signal?.aborted && state) await saveCheckpoint(run, learner, state);
  if (!state?.best) await run.writeModel(learner.model);
  return state?.best;
}

/** A resumed training must mean the same words by the same ids. */
async function checkSameVocabulary(run: RunFolder, vocabulary: Vocabulary): Promise<void> {
  if ((await run.readVocabulary()).serialize() === vocabulary.serialize()) return;
  throw new UserError(
    `${run.path}: the examples are not those that this run was begun with: their vocabulary differs`,
    'Put the former data back, or train anew with --config.',
  );
}
