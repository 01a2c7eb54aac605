import { relative, resolve } from 'node:path';
import type { Config } from '../config/schema.js';
import { serializeConfig } from '../config/serialize-config.js';
import { createRun } from '../runs/create-run.js';
import type { RunFolder } from '../runs/run-folder.js';
import { lockRun, type RunLock } from '../runs/run-lock.js';
import { runningStatus } from '../runs/summary-file.js';
import { fitUnknown } from './fit-unknown.js';
import { checkSameTraining } from './open-resumed.js';
import { type PreparedData, prepareData } from './prepare-data.js';

/** What of a training's options tells where it reads and writes. */
interface RunOptions {
  readonly config: Config;
  readonly configName: string;
  readonly dataDir: string;
  readonly modelsDir: string;
  readonly name?: string;
  readonly resume?: RunFolder;
  readonly cacheSize?: number;
}

/** Reads what is trained on; makes sure that it is what a run was begun with, and reads it with that run's vocabulary. */
export async function prepareRun(
  { config, dataDir, cacheSize, resume }: RunOptions,
  { force }: { force?: (text: string) => void },
): Promise<PreparedData> {
  const prepared = await prepareData(config, { dataDir, cacheSize });
  if (!resume) return prepared;
  await checkSameTraining(resume, prepared, { force });
  const vocabulary = await resume.readVocabulary();
  if (vocabulary.serialize() === prepared.vocabulary.serialize()) return prepared;
  return prepareData(config, { dataDir, cacheSize, vocabulary });
}

/** Makes the folder, with the lock and a checkpoint of the first step: a kill at any later moment leaves what can go on. */
export async function beginRun(
  options: RunOptions,
  context: {
    prepared: PreparedData;
    facts: Readonly<Record<string, unknown>>;
    held: { lock: RunLock | undefined };
  },
): Promise<RunFolder> {
  const { held, facts } = context;
  const { config, split, vocabulary } = context.prepared;
  const foreignness = await fitUnknown(split, config);
  const run = await createRun(options.modelsDir, {
    ...{ name: options.name, configName: options.configName },
    ...{ config, vocabulary, labels: split.labels },
    async fill(folder) {
      held.lock = await lockRun(folder.path, 'training');
      if (foreignness) await folder.writeForeignness(foreignness);
      // The weights of the first step follow from the seed.
      await folder.writeCheckpoint({ weights: [], slots: [], state: {} });
      await folder.writeSummary({ status: runningStatus, ...facts, ...placesOf(folder, options) });
    },
  });
  held.lock?.moved(run.path);
  return run;
}

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
