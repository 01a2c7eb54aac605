import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { aclImdbFolder } from '../datasets/acl-imdb/open-acl-imdb.js';
import { datasetOf } from '../datasets/dataset-table.js';
import { kerasImdbFolder } from '../datasets/keras-imdb/open-keras-imdb.js';
import { openSplit } from '../datasets/open-split.js';
import { readAll } from '../datasets/read-all.js';
import type { SplitName } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import { type CacheLimit, cacheLimit } from '../files/cache-limit.js';
import { bytesOf, listCache } from '../files/list-cache.js';

/** A split of a data set that comes from elsewhere. */
export interface ExaminedSplit {
  readonly dataset: string;
  readonly split: SplitName;
  /** `whole`: every example was read; `missing`: nothing of the data set is there; `unusable`: `problem` says why. */
  readonly state: 'whole' | 'missing' | 'unusable';
  readonly examples?: number;
  readonly problem?: string;
}

/** What lies in the data folder. */
export interface DataFacts {
  readonly splits: readonly ExaminedSplit[];
  readonly cache: { readonly files: number; readonly bytes: number; readonly limit: CacheLimit };
}

/** Where each lies; files of the user's own lie anywhere. */
const folders = {
  'acl-imdb': aclImdbFolder,
  'keras-imdb': (dataDir: string) => kerasImdbFolder(dataDir),
} as const;

/** Reads every split of every data set that has its place in the data folder, and adds up the cache. */
export async function examineData(dataDir: string): Promise<DataFacts> {
  const splits: ExaminedSplit[] = [];
  for (const dataset of Object.keys(folders) as (keyof typeof folders)[]) {
    for (const split of ['train', 'test'] as const) {
      splits.push(await examineSplit(dataset, { split, dataDir }));
    }
  }
  const folder = join(dataDir, 'cache');
  const files = await listCache(folder);
  return { splits, cache: { files: files.length, bytes: bytesOf(files), limit: await cacheLimit(folder) } };
}

async function examineSplit(
  name: keyof typeof folders,
  { split, dataDir }: { readonly split: SplitName; readonly dataDir: string },
): Promise<ExaminedSplit> {
  const place = { dataset: name, split };
  try {
    const dataset = datasetOf({ name }).settings.parse({ name });
    const opened = await openSplit(split, { dataset, dataDir });
    await readAll(opened);
    return { ...place, state: 'whole', examples: opened.count };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (!existsSync(folders[name](dataDir))) return { ...place, state: 'missing' };
    return { ...place, state: 'unusable', problem: error.message };
  }
}
