import { isDeepStrictEqual } from 'node:util';
import { encodeSplit } from '../batches/encode-split.js';
import { exampleCount, viewOf } from '../batches/encoded-split.js';
import { openSplit } from '../datasets/open-split.js';
import type { Split, SplitName } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import type { CacheOptions } from '../files/bounded-cache.js';
import { checkFeatures } from '../model/check-features.js';
import type { Predictions } from '../runs/predictions-file.js';
import type { RunFolder } from '../runs/run-folder.js';
import { noteTestLook } from '../runs/test-looks.js';
import { averageOutputs, type MemberOutputs } from '../tasks/average-outputs.js';
import { resolveTask } from '../tasks/open-task.js';
import { answer, type TimedAnswers } from './evaluate.js';

/**
 * Opens a split of the dataset that a run was trained on, without reading it.
 *
 * @throws UserError when the data is missing or damaged, or has other labels than the run
 */
export async function openSplitOfRun(
  run: RunFolder,
  { split: name, dataDir }: { split: SplitName; dataDir: string },
): Promise<Split> {
  const { dataset, task } = await run.readConfig();
  const labels = await run.readLabels();
  const split = await openSplit(name, { dataset, dataDir });
  if (task !== 'auto') resolveTask(task, split);
  if (isDeepStrictEqual([...split.labels], labels)) return split;
  throw new UserError(
    `${run.path} tells ${labels.join(', ')} apart, but the ${split.name} split has ${split.labels.join(', ')}.`,
    'Evaluate the run on the dataset it was trained on.',
  );
}

/** `cacheDir`: where encoded splits are kept. */
export interface PredictRunOptions extends CacheOptions {
  /** Examples computed at once; changes the speed only. */
  batchSize: number;
  /** What computes, noted with the result. */
  backend: { readonly name: string; readonly threads: number };
  /** Only the examples at these places of the split; default: all. */
  places?: Int32Array;
  /** Whether the answers are kept in the run's folder, as those of the split of this name; default true. */
  keep?: boolean;
  /** Is told the number of examples once they are read. */
  onStart?: (examples: number) => void;
  /** Is told after each batch how many examples are done. */
  onProgress?: (examplesDone: number) => void;
}

/**
 * What a run's model says of a split, read as the run's settings say; of an ensemble, the mean of what its members say, each
 * reading as its own settings say. Kept in the run's folder, too, unless told otherwise.
 *
 * @throws UserError when the run or the data is missing or damaged
 */
export async function predictRun(
  run: RunFolder,
  split: Split,
  { backend, keep = true, onStart, onProgress, ...options }: PredictRunOptions,
): Promise<Predictions> {
  const { sha256: modelSha256 } = await run.modelFacts();
  const members = await run.members();
  const said: (MemberOutputs & TimedAnswers)[] = [];
  for (const [place, member] of members.entries()) {
    const answers = await answerOfMember(member.run, split, {
      ...options,
      onStart: place === 0 ? onStart : undefined,
      // Each member goes over all examples.
      onProgress: (done, examples) => onProgress?.(Math.floor((place * examples + done) / members.length)),
    });
    said.push({ ...answers, task: await member.run.readTask(), weight: member.weight });
  }
  const predictions = {
    outputs: averageOutputs(said),
    targets: said[0].targets,
    seconds: said.reduce((sum, { seconds }) => sum + seconds, 0),
    ...{ backend: backend.name, threads: backend.threads },
  };
  // A training that still goes on may have replaced the model since: then nobody knows whose answers these are.
  const same = (await run.modelFacts()).sha256 === modelSha256;
  if (same && keep) await run.writePredictions(predictions, { modelSha256, split });
  if (keep) await noteLook(run, split, modelSha256);
  return predictions;
}

interface AnswerOfMemberOptions
  extends Pick<PredictRunOptions, 'cacheDir' | 'cacheSize' | 'batchSize' | 'places' | 'onStart'> {
  readonly onProgress: (examplesDone: number, examples: number) => void;
}

async function answerOfMember(
  run: RunFolder,
  split: Split,
  { cacheDir, cacheSize, batchSize, places, onStart, onProgress }: AnswerOfMemberOptions,
): Promise<TimedAnswers> {
  const vocabulary = await run.readVocabulary();
  const all = await encodeSplit(split, { vocabulary, cacheDir, cacheSize });
  const encoded = places ? viewOf(all, places) : all;
  const examples = exampleCount(encoded);
  const model = await run.readModel();
  try {
    checkFeatures(model, encoded, split.features);
    onStart?.(examples);
    return await answer(model, encoded, { batchSize, onProgress: (done) => onProgress(done, examples) });
  } finally {
    model.dispose();
  }
}

/** What an earlier call of {@link predictRun} kept, if the model, the examples and the version are still the same. */
export async function keptPredictions(run: RunFolder, split: Split): Promise<Predictions | undefined> {
  const { sha256: modelSha256 } = await run.modelFacts();
  const kept = await run.readPredictions({ modelSha256, split });
  if (kept) await noteLook(run, split, modelSha256);
  return kept;
}

/** Answers to other splits may be looked at as often as one likes. */
async function noteLook(run: RunFolder, { name, contentHash }: Split, model: string): Promise<void> {
  if (name === 'test') await noteTestLook(run, { model, examples: contentHash });
}
