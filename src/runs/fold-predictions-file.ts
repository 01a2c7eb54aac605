import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bytesOf, floatsIn } from '../arrays/array-bytes.js';
import type { Config, ModelConfig } from '../config/schema.js';
import { readCacheFile, writeCacheFile } from '../files/cache-file.js';
import type { SplitIdentity } from './predictions-file.js';
import { ownVersions } from './summary-file.js';

/**
 * What models that were trained without a fold of the training examples say of that fold. A pass is a model for each fold of
 * one dealing; there may be several.
 */
export interface FoldPredictions {
  /** Of each pass that has begun: row-major `[examples, columns]`; of folds that are not done yet, zeros. */
  readonly passes: readonly Float32Array[];
  /** How many folds of all passes are done, the first ones. */
  readonly foldsDone: number;
}

/** All that such predictions depend on, but the number of passes: further ones change nothing about the first. */
export interface FoldIdentity {
  readonly config: Config;
  /** Models that are trained on the same examples, in their order. */
  readonly models: readonly ModelConfig[];
  /** The file vocabulary.txt. */
  readonly vocabulary: string;
  readonly split: SplitIdentity;
  readonly folds: number;
}

/** A file of its own name for run.json to leave out, as it does with `evaluation-test.bin`. */
const fileName = 'evaluation-folds.bin';

/** Counted up when folds would be dealt, trained or asked in another way than before. */
const foldsVersion = 3;

/** Keeps the predictions in a run's folder; where that cannot be written, nothing happens. */
export async function writeFoldPredictions(
  folder: string,
  { passes, foldsDone }: FoldPredictions,
  of: FoldIdentity,
): Promise<void> {
  const facts = Buffer.from(JSON.stringify({ foldsDone }));
  await writeCacheFile(join(folder, fileName), await keyOf(of), [facts, ...passes.map(bytesOf)]);
}

/** What was kept of the same examples, settings, vocabulary, folds and version; else `undefined`. */
export async function readFoldPredictions(
  folder: string,
  of: FoldIdentity,
): Promise<FoldPredictions | undefined> {
  const sections = await readCacheFile(join(folder, fileName), await keyOf(of));
  if (sections === undefined) return undefined;
  const { foldsDone } = JSON.parse(Buffer.from(sections[0]).toString()) as { foldsDone: number };
  return { foldsDone, passes: sections.slice(1).map(floatsIn) };
}

async function keyOf({ config, models, vocabulary, split, folds }: FoldIdentity): Promise<string> {
  const { 'imdb-rnn': version } = await ownVersions();
  // Where the examples lie does not matter: their content has a hash.
  const { dataset: _dataset, ...settings } = config;
  const { name, contentHash, labels } = split;
  const parts = [foldsVersion, version, settings, models, vocabulary, name, contentHash, labels, folds];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
