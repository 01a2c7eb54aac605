import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bytesOf, floatsIn } from '../arrays/array-bytes.js';
import type { Config } from '../config/schema.js';
import { readCacheFile, writeCacheFile } from '../files/cache-file.js';
import type { SplitIdentity } from './predictions-file.js';
import { ownVersions } from './summary-file.js';

/** What models that were trained without a fold of the training examples say of that fold. */
export interface FoldPredictions {
  /** Row-major `[examples, columns]`; of folds that are not done yet, zeros. */
  readonly outputs: Float32Array;
  /** How many folds are done, the first ones. */
  readonly foldsDone: number;
}

/** All that such predictions depend on. */
export interface FoldIdentity {
  readonly config: Config;
  /** The file vocabulary.txt. */
  readonly vocabulary: string;
  readonly split: SplitIdentity;
  readonly folds: number;
}

/** A file of its own name for run.json to leave out, as it does with `evaluation-test.bin`. */
const fileName = 'evaluation-folds.bin';

/** Counted up when folds would be dealt, trained or asked in another way than before. */
const foldsVersion = 1;

/** Keeps the predictions in a run's folder; where that cannot be written, nothing happens. */
export async function writeFoldPredictions(
  folder: string,
  { outputs, foldsDone }: FoldPredictions,
  of: FoldIdentity,
): Promise<void> {
  const facts = Buffer.from(JSON.stringify({ foldsDone }));
  await writeCacheFile(join(folder, fileName), await keyOf(of), [facts, bytesOf(outputs)]);
}

/** What was kept of the same examples, settings, vocabulary, folds and version; else `undefined`. */
export async function readFoldPredictions(
  folder: string,
  of: FoldIdentity,
): Promise<FoldPredictions | undefined> {
  const sections = await readCacheFile(join(folder, fileName), await keyOf(of));
  if (sections === undefined) return undefined;
  const { foldsDone } = JSON.parse(Buffer.from(sections[0]).toString()) as { foldsDone: number };
  return { foldsDone, outputs: floatsIn(sections[1]) };
}

async function keyOf({ config, vocabulary, split, folds }: FoldIdentity): Promise<string> {
  const { 'imdb-rnn': version } = await ownVersions();
  // Where the examples lie does not matter: their content has a hash.
  const { dataset: _dataset, ...settings } = config;
  const { name, contentHash, labels } = split;
  const parts = [foldsVersion, version, settings, vocabulary, name, contentHash, labels, folds];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
