import { createHash } from 'node:crypto';
import { encodeSplit } from '../batches/encode-split.js';
import { type EncodedSplit, exampleCount, viewOf } from '../batches/encoded-split.js';
import { excerptsOfSplit } from '../batches/excerpts-of-split.js';
import { holdOutValidation } from '../batches/hold-out-validation.js';
import type { DatasetSettings } from '../datasets/dataset-table.js';
import { openSplit } from '../datasets/open-split.js';
import { relabelSplit } from '../datasets/relabel-split.js';
import { splitsOfDataset } from '../datasets/resolve-dataset.js';
import type { Split, SplitName, TextSplit } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import type { CacheOptions } from '../files/bounded-cache.js';
import { Random } from '../random/random.js';
import type { Vocabulary } from '../text/vocabulary.js';

/** A data set that a model was trained on before. */
export interface FormerData {
  readonly dataset: DatasetSettings;
  /** Where it is. */
  readonly dataDir: string;
  /** How examples were held out of it for validation. */
  readonly seed: number;
  readonly validationSplit: number;
}

export interface ReplayOptions {
  /** Of the examples of each data set, above 0 and at most 1. */
  readonly share: number;
  /** Decides which. */
  readonly seed: number;
  /** What targets are indices into. */
  readonly labels: readonly string[];
}

/** Examples that were learnt before, of which some are to be learnt again. */
export interface Replay {
  readonly train: TextSplit;
  /** The data set's own validation examples, where it has such. */
  readonly validation?: TextSplit;
  readonly former: FormerData;
  readonly share: number;
  /** Names the random numbers. */
  readonly drawnBy: string;
}

/** Examples in two parts. */
export interface TrainingParts {
  readonly training: EncodedSplit;
  readonly validation: EncodedSplit;
}

/**
 * Opens data sets that were learnt before, with the labels of now.
 *
 * @throws UserError when the data is not there any more
 */
export async function openReplay(
  sources: readonly FormerData[],
  { share, seed, labels }: ReplayOptions,
): Promise<Replay[]> {
  const replays: Replay[] = [];
  for (const [place, former] of sources.entries()) {
    const open = async (name: SplitName) => relabelSplit(await openTexts(name, former), labels);
    const train = await open('train');
    const hasOwn = (await splitsOfDataset(former)).includes('validation');
    const validation = hasOwn ? { validation: await open('validation') } : {};
    replays.push({ train, ...validation, former, share, drawnBy: `replay ${seed} ${place}` });
  }
  return replays;
}

/**
 * Draws the share at random: training examples of those that were trained on, validation examples of those that were held out
 * then. What a model has learnt before cannot choose the best epoch: it knows it by heart.
 */
export async function drawReplay(
  { train, validation, former, share, drawnBy }: Replay,
  { vocabulary, cache }: { readonly vocabulary: Vocabulary; readonly cache: CacheOptions },
): Promise<TrainingParts> {
  const { seed, validationSplit } = former;
  const encode = (split: Split) => encodeSplit(split, { vocabulary, ...cache });
  const encoded = await encode(excerptsOfSplit(train, vocabulary.text));
  const parts = validation
    ? { training: encoded, validation: await encode(validation) }
    : holdOutValidation(encoded, { seed, training: { validationSplit } });
  const random = new Random(drawnBy);
  return { training: draw(parts.training, share, random), validation: draw(parts.validation, share, random) };
}

/** In the order of the examples. */
function draw(examples: EncodedSplit, share: number, random: Random): EncodedSplit {
  const places = Int32Array.from({ length: exampleCount(examples) }, (_, place) => place);
  random.shuffle(places);
  return viewOf(examples, places.slice(0, Math.round(share * places.length)).sort());
}

/** A split that stands for what is drawn: its content has another hash whenever that would be other examples. */
export function replaySplit({ train, validation, former, share, drawnBy }: Replay): TextSplit {
  const { seed, validationSplit } = former;
  const parts = [train.contentHash, validation?.contentHash ?? [seed, validationSplit], share, drawnBy];
  const contentHash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return { ...train, contentHash, count: Math.round(share * train.count) };
}

/** Opens a split of texts. @throws UserError when it is not there, or consists of word ids */
async function openTexts(name: SplitName, source: FormerData): Promise<TextSplit> {
  const split = await openSplit(name, source);
  if (split.kind === 'texts') return split;
  throw new UserError(
    `The data set ${source.dataset.name} has word ids in place of texts, which no other vocabulary reads.`,
    'Train on texts, such as acl-imdb.',
  );
}
