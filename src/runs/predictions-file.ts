import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bytesOf, floatsIn, integersIn } from '../arrays/array-bytes.js';
import type { Targets } from '../batches/targets.js';
import type { Split } from '../datasets/split.js';
import { readCacheFile, writeCacheFile } from '../files/cache-file.js';
import { predictionsName } from './predictions-name.js';
import { ownVersions } from './summary-file.js';

/** What a model said of every example of a split, and how long it took. */
export interface Predictions {
  /** Row-major `[examples, columns]`, as the model gives them. */
  readonly outputs: Float32Array;
  /** What is true of each example. */
  readonly targets: Targets;
  /** Time for batching and computing; reading and encoding the examples is not in it. */
  readonly seconds: number;
  /** What computed, such as `wasm`. */
  readonly backend: string;
  readonly threads: number;
}

/** What names the examples. */
export type SplitIdentity = Pick<Split, 'name' | 'contentHash' | 'labels'>;

/** Counted up when a model would answer otherwise than before for a reason that is neither in its files nor in the version. */
const answersVersion = 2;

/** Keeps predictions in a run's folder; where that cannot be written, nothing happens: they save time and are not needed. */
export async function writePredictions(
  folder: string,
  predictions: Predictions,
  { modelSha256, split }: { modelSha256: string; split: SplitIdentity },
): Promise<void> {
  const { outputs, targets, seconds, backend, threads } = predictions;
  const facts = Buffer.from(JSON.stringify({ seconds, backend, threads }));
  const arrays = [outputs, targets.values, ...(targets.offsets ? [targets.offsets] : [])];
  const sections = [facts, ...arrays.map(bytesOf)];
  await writeCacheFile(pathOf(folder, split), await keyOf(modelSha256, split), sections);
}

/** The predictions of this very model, made by this version, on these very examples; else `undefined`. */
export async function readPredictions(
  folder: string,
  { modelSha256, split }: { modelSha256: string; split: SplitIdentity },
): Promise<Predictions | undefined> {
  const sections = await readCacheFile(pathOf(folder, split), await keyOf(modelSha256, split));
  if (sections === undefined) return undefined;
  const [facts, outputs, values, offsets] = sections;
  return {
    ...(JSON.parse(Buffer.from(facts).toString()) as Pick<Predictions, 'seconds' | 'backend' | 'threads'>),
    outputs: floatsIn(outputs),
    targets: {
      values: integersIn(values),
      ...(offsets && { offsets: integersIn(offsets) }),
    },
  };
}

const pathOf = (folder: string, split: SplitIdentity) => join(folder, predictionsName(split.name));

async function keyOf(modelSha256: string, { name, contentHash, labels }: SplitIdentity): Promise<string> {
  const { 'imdb-rnn': version } = await ownVersions();
  const parts = [answersVersion, version, modelSha256, name, contentHash, labels];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
