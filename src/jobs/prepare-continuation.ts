import type { LayersModel } from '@tensorflow/tfjs-layers';
import { exampleCount } from '../batches/encoded-split.js';
import { excerptsOfSplit } from '../batches/excerpts-of-split.js';
import { internPortions } from '../batches/intern-portions.js';
import { type Targets, targetCount, targetsOfExample } from '../batches/targets.js';
import type { Config } from '../config/schema.js';
import { joinSplits } from '../datasets/join-splits.js';
import { openSplit } from '../datasets/open-split.js';
import type { Split, TextSplit } from '../datasets/split.js';
import { countOf, formatCount } from '../formats/numbers.js';
import { carryWeights, layerWeights } from '../model/carry-weights.js';
import type { RunFolder } from '../runs/run-folder.js';
import { openTask } from '../tasks/open-task.js';
import { canGrow, type GrownVocabulary, growVocabulary } from '../text/grow-vocabulary.js';
import type { Vocabulary } from '../text/vocabulary.js';
import { checkContinuation, checkNewData } from './check-continuation.js';
import { type ContinuationRecord, type ContinueFrom, notedDataDir, trainedOn } from './continuation.js';
import { type PreparedData, prepareData } from './prepare-data.js';
import { type FormerData, openReplay, type Replay } from './replay.js';

/** New words at most, unless told otherwise. */
const defaultGrowth = 5_000;

/** All that a training begins with that goes on from another run. */
export interface Continuation {
  readonly prepared: PreparedData;
  /** Gives a new model the former one's weights. */
  readonly initialize: (model: LayersModel) => void;
  readonly record: ContinuationRecord;
  /** All texts that the model has learnt from and will, where `unknown` in the config asks for them. */
  readonly texts: Split;
  /** What the user should know, as lines. */
  readonly notes: readonly string[];
}

/**
 * Reads new data with the labels and the vocabulary of a former run, which grow by what is new.
 *
 * @param options.config the former run's with the new data set, and other settings of the training where these are to differ
 * @throws UserError when the run cannot go on with the data
 */
export async function prepareContinuation(
  options: { readonly config: Config; readonly dataDir: string; readonly cacheSize?: number },
  from: ContinueFrom,
): Promise<Continuation> {
  const { run, replay = 0, grow = defaultGrowth } = from;
  if (!(replay >= 0 && replay <= 1))
    throw new RangeError(`replay is ${replay}, a share from 0 to 1 was expected`);
  const { dataDir, cacheSize } = options;
  const labels = await run.readLabels();
  const config = await checkContinuation(options.config, run);
  const split = checkNewData(await openSplit('train', { dataset: config.dataset, dataDir }), {
    labels,
    config,
  });
  const grown = await growBy(split, await run.readVocabulary(), { limit: grow, config });
  const { sha256: modelSha256 } = await run.modelFacts();
  const former = await weightsOf(run);
  const sources = await trainedOn(run, { dataDir: from.dataDir ?? (await notedDataDir(run)) ?? dataDir });
  const whole = { share: 1, seed: config.seed, labels: split.labels };
  const replayed = replay > 0 ? await openReplay(sources, { ...whole, share: replay }) : [];
  const prepared = await prepareData(config, {
    ...{ dataDir, cacheSize, replayed },
    vocabulary: grown.vocabulary,
  });
  const task = openTask(prepared.config.task, split.labels);
  const shares = labelShares(prepared.training.targets, split.labels.length);
  const newLabels = split.labels.slice(labels.length);
  return {
    prepared,
    initialize: (model) =>
      carryWeights(model, former, {
        formerIds: grown.formerIds,
        growHead: (head, fresh) => task.growHead(head, { formerLabels: labels.length, shares, fresh }),
      }),
    texts:
      config.unknown === 'none'
        ? split
        : joinSplits(split, ...(await openReplay(sources, whole)).map(({ train }) => train)),
    record: {
      ...{
        run: run.name,
        path: run.path,
        modelSha256,
        newLabels,
        newWords: grown.added.length,
        replay,
        sources,
      },
    },
    notes: describe({ run, labels, split, grown, sources, prepared }),
  };
}

/** What a run which is resumed learns again; nothing for most. */
export async function replayedOf(
  record: ContinuationRecord | undefined,
  { seed, labels }: { readonly seed: number; readonly labels: readonly string[] },
): Promise<Replay[]> {
  if (!record || record.replay === 0) return [];
  return openReplay(record.sources, { share: record.replay, seed, labels });
}

async function growBy(
  split: TextSplit,
  vocabulary: Vocabulary,
  { limit, config }: { readonly limit: number; readonly config: Config },
): Promise<GrownVocabulary> {
  const { minimumCount } = config.text;
  if (limit === 0 || !canGrow(vocabulary)) return growVocabulary(vocabulary, new Map(), { limit: 0 });
  const { interned } = await internPortions(
    excerptsOfSplit(split, vocabulary.text).read(),
    vocabulary.interner(),
  );
  const occurrences = interned.occurrences();
  const counts = new Map(interned.tokens.map((token, place) => [token, occurrences[place]]));
  return growVocabulary(vocabulary, counts, { limit, minimumCount });
}

async function weightsOf(run: RunFolder) {
  const model = await run.readModel();
  try {
    return layerWeights(model);
  } finally {
    model.dispose();
  }
}

/** `[labels]`: share of the examples that have each. */
function labelShares(targets: Targets, labelCount: number): Float64Array {
  const shares = new Float64Array(labelCount);
  const count = targetCount(targets);
  for (let example = 0; example < count; example++) {
    for (const label of targetsOfExample(targets, example)) shares[label] += 1 / count;
  }
  return shares;
}

interface Found {
  readonly run: RunFolder;
  readonly labels: readonly string[];
  readonly split: TextSplit;
  readonly grown: GrownVocabulary;
  readonly sources: readonly FormerData[];
  readonly prepared: PreparedData;
}

function describe({ run, labels, split, grown, sources, prepared }: Found): string[] {
  const newLabels = split.labels.slice(labels.length);
  const { vocabulary, added } = grown;
  const words = canGrow(vocabulary)
    ? `${countOf(added.length, 'new word')} beside ${formatCount(vocabulary.knownSize - added.length)}`
    : 'the vocabulary stays as it is';
  const { replayedExamples } = prepared;
  const examples = exampleCount(prepared.training) + exampleCount(prepared.validation);
  return [
    `going on from ${run.path}: ${newLabels.length === 0 ? 'no new label' : `${newLabels.length === 1 ? 'new label' : 'new labels'} ${newLabels.join(', ')} beside ${labels.join(', ')}`}; ${words}`,
    ...(replayedExamples === 0
      ? []
      : [
          `${countOf(replayedExamples, 'example')} of ${sources.map(({ dataset }) => dataset.name).join(', ')} are learnt again, of ${formatCount(examples)} in all`,
        ]),
  ];
}
