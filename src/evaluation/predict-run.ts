import { isDeepStrictEqual } from 'node:util';
import { encodeSplit } from '../batches/encode-split.js';
import { exampleCount } from '../batches/encoded-split.js';
import { openSplit } from '../datasets/open-split.js';
import type { Split, SplitName } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import { checkFeatures } from '../model/check-features.js';
import type { Predictions } from '../runs/predictions-file.js';
import type { RunFolder } from '../runs/run-folder.js';
import { resolveTask } from '../tasks/open-task.js';
import { answer } from './evaluate.js';

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

export interface PredictRunOptions {
  /** Where encoded splits are kept. */
  cacheDir: string;
  /** Examples computed at once; changes the speed only. */
  batchSize: number;
  /** What computes, noted with the result. */
  backend: { readonly name: string; readonly threads: number };
  /** Is told the number of examples once they are read. */
  onStart?: (examples: number) => void;
  /** Is told after each batch how many examples are done. */
  onProgress?: (examplesDone: number) => void;
}

/**
 * What a run's model says of a split, read as the run's settings say; kept in the run's folder too.
 *
 * @throws UserError when the run or the data is missing or damaged
 */
export async function predictRun(
  run: RunFolder,
  split: Split,
  { cacheDir, batchSize, backend, onStart, onProgress }: PredictRunOptions,
): Promise<Predictions> {
  const vocabulary = await run.readVocabulary();
  const encoded = await encodeSplit(split, { vocabulary, cacheDir });
  const { sha256: modelSha256 } = await run.modelFacts();
  const model = await run.readModel();
  try {
    checkFeatures(model, encoded, split.features);
    onStart?.(exampleCount(encoded));
    const answers = await answer(model, encoded, { batchSize, onProgress });
    const predictions = { ...answers, backend: backend.name, threads: backend.threads };
    // A training that still goes on may have replaced the model since: then nobody knows whose answers these are.
    const same = (await run.modelFacts()).sha256 === modelSha256;
    if (same) await run.writePredictions(predictions, { modelSha256, split });
    return predictions;
  } finally {
    model.dispose();
  }
}

/** What an earlier call of {@link predictRun} kept, if the model, the examples and the version are still the same. */
export async function keptPredictions(run: RunFolder, split: Split): Promise<Predictions | undefined> {
  const { sha256: modelSha256 } = await run.modelFacts();
  return run.readPredictions({ modelSha256, split });
}
