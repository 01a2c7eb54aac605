import type { Config } from '../config/schema.js';
import { hasSplit, openSplit } from '../datasets/open-split.js';
import { Random } from '../random/random.js';
import { encodeSplit } from './encode-split.js';
import { type EncodedSplit, exampleCount } from './encoded-split.js';
import { paddingEfficiency } from './pad-batch.js';
import { prepareTraining } from './prepare-training.js';
import { shuffledBatches, unsortedBatches } from './shuffled-batches.js';
import { type LengthStatistics, lengthStatistics, oovShare, type TextStatistics } from './text-statistics.js';

/** What a config makes of its data set; `imdb-rnn prepare --json` prints it as it stands. */
export interface TextReport extends TextStatistics {
  readonly dataset: string;
  /** The split that all of this is about, save what is under `test`. */
  readonly split: 'train';
  /** Tokens with an id of their own, `<pad>` included. */
  readonly knownTokens: number;
  readonly oovBuckets: number;
  /** Share of the tokens that have no id of their own, from 0 to 1; null with `text.ngrams` above 1 and for subwords. */
  readonly oovShare: number | null;
  /** Longest run of tokens that is a feature. */
  readonly ngrams: number;
  /** Ids that runs of tokens share. */
  readonly ngramBuckets: number;
  /** Ids of an example: its tokens and its runs of tokens. */
  readonly lengths: LengthStatistics;
  readonly batchSize: number;
  /** Share of an epoch's padded positions that hold a token, as `train` groups the examples: by length. */
  readonly paddingEfficiency: number;
  /** The same for examples grouped without regard to their lengths. */
  readonly paddingEfficiencyWithoutBuckets: number;
  /** The test split in the training split's vocabulary; null where it is not on disk. */
  readonly test: {
    readonly examples: number;
    readonly tokens: number;
    readonly oovShare: number | null;
  } | null;
  /** Whether the training split was taken from the cache. */
  readonly fromCache: boolean;
}

/**
 * Reads, cleans and counts a config's examples (or takes them from the cache) and says what came of it.
 *
 * @throws UserError when the training split is not on disk or damaged
 */
export async function reportOnText(
  { dataset, text, training, seed }: Config,
  { dataDir, cacheDir }: { dataDir: string; cacheDir: string },
): Promise<TextReport> {
  const split = await openSplit('train', { dataset, dataDir });
  const { vocabulary, encoded, statistics, fromCache } = await prepareTraining(split, text, { cacheDir });
  const batching = { batchSize: training.batchSize, random: new Random(seed) };
  return {
    dataset: dataset.name,
    split: 'train',
    ...statistics,
    knownTokens: vocabulary.knownSize,
    oovBuckets: vocabulary.oovBuckets,
    oovShare: unknownShare(encoded),
    ngrams: text.ngrams,
    ngramBuckets: text.ngramBuckets,
    lengths: lengthStatistics(encoded),
    batchSize: training.batchSize,
    paddingEfficiency: paddingEfficiency(encoded, shuffledBatches(encoded, batching)),
    paddingEfficiencyWithoutBuckets: paddingEfficiency(encoded, unsortedBatches(encoded, batching)),
    test: await reportOnTest(),
    fromCache,
  };

  /** Among runs of tokens, and where unknown tokens are left out, the ids do not tell; no subword is unknown. */
  function unknownShare(examples: EncodedSplit): number | null {
    return text.ngrams > 1 || text.tokenizer === 'subwords' ? null : oovShare(examples, vocabulary);
  }

  async function reportOnTest(): Promise<TextReport['test']> {
    if (!(await hasSplit('test', { dataset, dataDir }))) return null;
    const test = await encodeSplit(await openSplit('test', { dataset, dataDir }), { vocabulary, cacheDir });
    return { examples: exampleCount(test), tokens: test.ids.length, oovShare: unknownShare(test) };
  }
}
