import { relative, resolve } from 'node:path';
import type { Config } from '../config/schema.js';
import { serializeConfig } from '../config/serialize-config.js';
import type { TrainingFacts } from '../reporting/run-description.js';
import type { Checkpoint } from '../runs/checkpoint-files.js';
import { createRun } from '../runs/create-run.js';
import type { RunFolder } from '../runs/run-folder.js';
import { lockRun, type RunLock } from '../runs/run-lock.js';
import { runningStatus } from '../runs/summary-file.js';
import { takeCheckpoint } from '../training/checkpoint.js';
import type { Learner } from '../training/learner.js';
import { beginning } from '../training/train.js';
import { type ContinueFrom, placedContinuationOf, seenFrom } from './continuation.js';
import { fitUnknown } from './fit-unknown.js';
import { checkSameTraining } from './open-resumed.js';
import { type Continuation, prepareContinuation, replayedOf } from './prepare-continuation.js';
import { type PreparedData, type PrepareOptions, prepareData } from './prepare-data.js';

/** What of a training's options tells where it reads and writes. */
interface RunOptions {
  readonly config: Config;
  readonly configName: string;
  readonly dataDir: string;
  readonly modelsDir: string;
  readonly name?: string;
  readonly resume?: RunFolder;
  readonly from?: ContinueFrom;
  readonly cacheSize?: number;
  readonly backend?: Pick<TrainingFacts, 'backend' | 'threads'>;
}

/**
 * Reads what is trained on; makes sure that it is what a run was begun with, and reads it with that run's vocabulary.
 *
 * @param options.onNote is told what is new where the training goes on from another run
 */
export async function prepareRun(
  options: RunOptions,
  { force, onNote }: { force?: (text: string) => void; onNote: (text: string) => void },
): Promise<{ prepared: PreparedData; continuation?: Continuation }> {
  const { resume, from } = options;
  if (resume) return { prepared: await prepareAgain(resume, options, { force, onNote }) };
  if (!from) return { prepared: await prepareData(options.config, preparing(options, onNote)) };
  const continuation = await prepareContinuation(options, from);
  for (const note of continuation.notes) onNote(note);
  return { prepared: continuation.prepared, continuation };
}

async function prepareAgain(
  resume: RunFolder,
  options: RunOptions,
  { force, onNote }: { force?: (text: string) => void; onNote: (text: string) => void },
): Promise<PreparedData> {
  const { config } = options;
  const places = preparing(options, onNote);
  const record = await placedContinuationOf(resume);
  if (record) {
    const vocabulary = await resume.readVocabulary();
    const replayed = await replayedOf(record, { seed: config.seed, labels: await resume.readLabels() });
    const prepared = await prepareData(config, { ...places, vocabulary, replayed });
    await checkSameTraining(resume, prepared, { force });
    return prepared;
  }
  const prepared = await prepareData(config, places);
  await checkSameTraining(resume, prepared, { force });
  const vocabulary = await resume.readVocabulary();
  if (vocabulary.serialize() === prepared.vocabulary.serialize()) return prepared;
  return prepareData(config, { ...preparing(options), vocabulary });
}

/** What of a training's options its examples depend on. */
function preparing(
  { dataDir, modelsDir, cacheSize, backend }: RunOptions,
  onNote?: (text: string) => void,
): PrepareOptions {
  const { backend: name, threads } = backend ?? {};
  const isTold = name !== undefined && threads !== undefined;
  return { ...{ dataDir, modelsDir, cacheSize, onNote }, ...(isTold && { backend: { name, threads } }) };
}

/**
 * Makes the folder, with the lock and a checkpoint of the first step: a kill at any later moment leaves what can go on.
 *
 * @param context.learner as it begins
 */
export async function beginRun(
  options: RunOptions,
  context: {
    prepared: PreparedData;
    continuation?: Continuation;
    learner: Learner;
    facts: Readonly<Record<string, unknown>>;
    held: { lock: RunLock | undefined };
  },
): Promise<RunFolder> {
  const { held, facts, continuation, learner } = context;
  const { config, split, vocabulary } = context.prepared;
  const foreignness = await fitUnknown(continuation?.texts ?? split, config);
  const run = await createRun(options.modelsDir, {
    ...{ name: options.name, configName: options.configName },
    ...{ config, vocabulary, labels: split.labels },
    async fill(folder) {
      held.lock = await lockRun(folder.path, 'training');
      if (foreignness) await folder.writeForeignness(foreignness);
      const first = continuation ? takeCheckpoint(learner, { state: beginning(config, learner) }) : fromSeed;
      await folder.writeCheckpoint(first);
      const from = continuation && { from: seenFrom(folder, continuation.record) };
      await folder.writeSummary({ status: runningStatus, ...facts, ...placesOf(folder, options), ...from });
    },
  });
  held.lock?.moved(run.path);
  return run;
}

/** The weights of the first step follow from the seed. */
const fromSeed: Checkpoint = { weights: [], slots: [], state: {} };

/** Notes that a run is being trained again, and by which settings. */
export async function goOn(
  run: RunFolder,
  { config, facts }: { config: Config; facts: Readonly<Record<string, unknown>> },
): Promise<void> {
  await run.writeSummary({ status: runningStatus });
  if (serializeConfig(await run.readConfig()) !== serializeConfig(config)) await run.replaceConfig(config);
  await run.writeSummary(facts);
}

/** Where the data was, seen from the run: folders that are moved together still find each other. */
export function placesOf(run: RunFolder, { dataDir }: Pick<RunOptions, 'dataDir'>) {
  return { dataDir: relative(resolve(run.path), resolve(dataDir)) };
}
