import { createHash } from 'node:crypto';
import { encodeSplit } from '../batches/encode-split.js';
import { holdOutValidation } from '../batches/hold-out-validation.js';
import type { Split } from '../datasets/split.js';
import type { CacheOptions } from '../files/bounded-cache.js';
import type { RunFolder } from '../runs/run-folder.js';
import { openSplitOfRun } from './predict-run.js';

/** Examples of a training split that some trainings have not learnt from. */
export interface HeldOutExamples {
  /** Called `validation`, with the content hash of this part. */
  readonly split: Split;
  /** `[examples]`: where in the split these are. */
  readonly places: Int32Array;
}

/**
 * The examples that the trainings of runs held out of their own to choose the epoch. Runs of other seeds, or other shares,
 * have held out others: what none of several runs has learnt from are those that all of them held out.
 *
 * @param runs at least one, of the same data set
 * @returns `undefined` where there are none
 * @throws UserError when the data is missing or damaged
 */
export async function heldOutExamples(
  runs: readonly RunFolder[],
  { dataDir, cacheDir, cacheSize }: CacheOptions & { readonly dataDir: string },
): Promise<HeldOutExamples | undefined> {
  const [first] = runs;
  const train = await openSplitOfRun(first, { split: 'train', dataDir });
  const vocabulary = await first.readVocabulary();
  const encoded = await encodeSplit(train, { vocabulary, cacheDir, cacheSize });
  const configs = await Promise.all(runs.map((run) => run.readConfig()));
  const [ofFirst, ...ofOthers] = configs.map((config) => holdOutValidation(encoded, config).places);
  const others = ofOthers.map((places) => new Set(places));
  const places = ofFirst.filter((place) => others.every((held) => held.has(place)));
  const count = places.length;
  if (count === 0) return undefined;
  const parts = configs.map(({ seed, training }) => [seed, training.validationSplit]);
  const named = [train.contentHash, 'held out', ...(runs.length === 1 ? parts[0] : parts)];
  const contentHash = createHash('sha256').update(JSON.stringify(named)).digest('hex');
  return { split: { ...train, name: 'validation', count, contentHash }, places };
}
