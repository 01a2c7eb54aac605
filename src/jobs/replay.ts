import type { DatasetSettings } from '../datasets/dataset-table.js';
import { openSplit } from '../datasets/open-split.js';
import { partOfSplit } from '../datasets/part-of-split.js';
import { relabelSplit } from '../datasets/relabel-split.js';
import type { TextSplit } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import { Random } from '../random/random.js';

/** A data set that a model was trained on before. */
export interface FormerData {
  readonly dataset: DatasetSettings;
  /** Where it is. */
  readonly dataDir: string;
}

export interface ReplayOptions {
  /** Of the examples of each data set, above 0 and at most 1. */
  readonly share: number;
  /** Decides which. */
  readonly seed: number;
  /** What targets are indices into. */
  readonly labels: readonly string[];
}

/**
 * Training examples that were learnt before, to be learnt again: of each data set a share that is drawn at random, in the
 * order of the data set.
 *
 * @throws UserError when the data is not there any more
 */
export async function replayedSplits(
  sources: readonly FormerData[],
  { share, seed, labels }: ReplayOptions,
): Promise<TextSplit[]> {
  const splits: TextSplit[] = [];
  for (const [place, source] of sources.entries()) {
    const split = relabelSplit(await openTexts('train', source), labels);
    const places = Int32Array.from({ length: split.count }, (_, example) => example);
    new Random(`replay ${seed} ${place}`).shuffle(places);
    const drawn = places.slice(0, Math.round(share * split.count)).sort();
    if (drawn.length > 0) splits.push(partOfSplit(split, drawn) as TextSplit);
  }
  return splits;
}

/** Opens a split of texts. @throws UserError when it is not there, or consists of word ids */
export async function openTexts(name: 'train' | 'test', source: FormerData): Promise<TextSplit> {
  const split = await openSplit(name, source);
  if (split.kind === 'texts') return split;
  throw new UserError(
    `The data set ${source.dataset.name} has word ids in place of texts, which no other vocabulary reads.`,
    'Train on texts, such as acl-imdb.',
  );
}
