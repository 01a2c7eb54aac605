import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { RunFolder } from '../runs/run-folder.js';
import type { FormerData } from './replay.js';

/** A run whose model a training goes on from, with new data, in a new run. */
export interface ContinueFrom {
  readonly run: RunFolder;
  /** Share of the former training examples that are learnt again, 0 to 1; default 0. */
  readonly replay?: number;
  /** New words at most; default 5,000. */
  readonly grow?: number;
  /** Where the former run's data is; default: where it was when the run was trained, else the training's own folder. */
  readonly dataDir?: string;
}

/** What run.json keeps of it, as `from`; paths are seen from the run's folder. */
export interface ContinuationRecord {
  /** Name of the former run. */
  readonly run: string;
  readonly path: string;
  /** Of the model that was gone on from. */
  readonly modelSha256: string;
  /** Labels that the former run did not have. */
  readonly newLabels: readonly string[];
  /** Number of words that it did not know. */
  readonly newWords: number;
  /** Share of the former examples that are learnt again. */
  readonly replay: number;
  /** What the former model was trained on, the oldest first. */
  readonly sources: readonly FormerData[];
}

/** What a run goes on from; `undefined` for one that began anew. */
export async function continuationOf(run: RunFolder): Promise<ContinuationRecord | undefined> {
  return (await run.readSummary())?.from as ContinuationRecord | undefined;
}

/** The same, with paths as they are seen from here. */
export async function placedContinuationOf(run: RunFolder): Promise<ContinuationRecord | undefined> {
  const record = await continuationOf(run);
  return (
    record && {
      ...record,
      path: resolve(run.path, record.path),
      sources: record.sources.map((source) => ({ ...source, dataDir: resolve(run.path, source.dataDir) })),
    }
  );
}

/** The record with paths as they are seen from a run's folder: folders that are moved together still find each other. */
export function seenFrom(folder: RunFolder, record: ContinuationRecord): ContinuationRecord {
  const place = (path: string) => relative(resolve(folder.path), resolve(path));
  return {
    ...record,
    path: place(record.path),
    sources: record.sources.map((source) => ({ ...source, dataDir: place(source.dataDir) })),
  };
}

/** All that a model was trained on, the oldest first: the data set of its run, before it those that it went on from. */
export async function trainedOn(run: RunFolder, options: { dataDir: string }): Promise<FormerData[]> {
  const [{ dataset }, before] = await Promise.all([run.readConfig(), placedContinuationOf(run)]);
  return [...(before?.sources ?? []), { dataset, ...options }];
}

/** Where a run's data is: where it was when the run was trained, if it still is. */
export async function notedDataDir(run: RunFolder): Promise<string | undefined> {
  const noted = (await run.readSummary())?.dataDir;
  if (typeof noted !== 'string') return undefined;
  const place = resolve(run.path, noted);
  return existsSync(place) ? place : undefined;
}
