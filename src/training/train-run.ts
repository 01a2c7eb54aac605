import { join } from 'node:path';
import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import { prepareTraining } from '../batches/prepare-training.js';
import { splitValidation } from '../batches/split-validation.js';
import type { Config } from '../config/schema.js';
import { openSplit } from '../datasets/open-split.js';
import { UserError } from '../errors/user-error.js';
import { Random } from '../random/random.js';
import { createRun } from '../runs/create-run.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { makeTrainer } from './make-trainer.js';
import { MetricsLog } from './metrics-log.js';
import type { TrainEvent } from './train.js';
import type { Trainer } from './trainer.js';
import type { BestEpoch, TrainingState } from './training-state.js';

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
  signal?: AbortSignal;
}

export type TrainRunEvent =
  | TrainEvent
  | {
      type: 'prepared';
      run: RunFolder;
      trainingExamples: number;
      validationExamples: number;
      knownTokens: number;
      parameters: number;
      fromCache: boolean;
      /** Where a resumed training goes on. */
      resumed?: { epoch: number; step: number };
    }
  | { type: 'finished'; status: 'completed' | 'interrupted'; best?: BestEpoch };

/**
 * Trains by a config and keeps everything in a run folder: after each epoch a checkpoint, and the model whenever it is the
 * best so far; after an interruption a checkpoint of that very step. A training that was interrupted before its first epoch
 * ended still leaves the model as it is.
 */
export async function* trainRun(options: TrainRunOptions): AsyncGenerator<TrainRunEvent> {
  const { config, dataDir, signal } = options;
  const split = await openSplit('train', { dataset: config.dataset, dataDir });
  const { vocabulary, encoded, fromCache } = await prepareTraining(split, config.text, {
    cacheDir: join(dataDir, 'cache'),
  });
  const random = new Random(`validation ${config.seed}`);
  const { validationSplit } = config.training;
  const { training, validation } = splitValidation(encoded, { validationSplit, random });
  checkExamples(training, config);
  const { labels } = split;
  const { idCount } = vocabulary;
  const trainer = await makeTrainer({
    ...{ config, training, validation, idCount },
    ...{ labelCount: labels.length, signal },
  });
  const run = options.resume ?? (await createRun(options.modelsDir, { ...options, vocabulary, labels }));
  try {
    if (options.resume) await checkSameVocabulary(run, vocabulary);
    const state = options.resume && (await trainer.loadCheckpoint(run));
    yield {
      type: 'prepared',
      run,
      trainingExamples: exampleCount(training),
      validationExamples: exampleCount(validation),
      knownTokens: vocabulary.knownSize,
      parameters: trainer.model.countParams(),
      fromCache,
      resumed: state && { epoch: state.epoch, step: state.step },
    };
    const metrics = new MetricsLog(run);
    await metrics.keepUpTo(state);
    yield* recordEvents(trainer.train(state), { run, trainer, metrics, state, signal });
  } catch (error) {
    // A training that failed before it had a model leaves nothing that could be used, and its name free.
    if (!options.resume) await run.removeWithoutModel();
    throw error;
  } finally {
    trainer.dispose();
  }
}

/** Writes what each event makes worth keeping, then hands it on. */
async function* recordEvents(
  events: AsyncGenerator<TrainEvent>,
  context: {
    run: RunFolder;
    trainer: Trainer;
    metrics: MetricsLog;
    state?: TrainingState;
    signal?: AbortSignal;
  },
): AsyncGenerator<TrainRunEvent> {
  const { run, trainer, metrics, signal } = context;
  let { state } = context;
  for await (const event of events) {
    if (event.type === 'step') {
      state = event.state;
      await metrics.step(event);
    }
    if (event.type === 'epoch') {
      state = event.state;
      // The model first: a checkpoint that calls an epoch the best one promises that its weights are there.
      if (event.best) await run.writeModel(trainer.model);
      await metrics.epoch(event);
      await trainer.saveCheckpoint(run, state);
    }
    yield event;
  }
  await metrics.flush();
  if (signal?.aborted && state) await trainer.saveCheckpoint(run, state);
  if (!state?.best) await run.writeModel(trainer.model);
  yield { type: 'finished', status: signal?.aborted ? 'interrupted' : 'completed', best: state?.best };
}

/** A resumed training must mean the same words by the same ids. */
async function checkSameVocabulary(run: RunFolder, vocabulary: Vocabulary): Promise<void> {
  if ((await run.readVocabulary()).serialize() === vocabulary.serialize()) return;
  throw new UserError(
    `${run.path}: the examples are not those that this run was begun with: their vocabulary differs`,
    'Put the former data back, or train anew with --config.',
  );
}

function checkExamples(training: EncodedSplit, config: Config): void {
  if (exampleCount(training) > 0) return;
  throw new UserError(
    `No examples are left to train on with training.validationSplit ${config.training.validationSplit}`,
    'Give more data, or a smaller training.validationSplit.',
  );
}
