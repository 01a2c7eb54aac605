import { isDeepStrictEqual } from 'node:util';
import { encodeSplit } from '../batches/encode-split.js';
import { openSplit } from '../datasets/open-split.js';
import type { SplitName } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import type { RunFolder } from '../runs/run-folder.js';
import { type Evaluation, evaluate } from './evaluate.js';

/**
 * Evaluates a run's model on a split of the dataset that the run was trained on, read as the run's settings say.
 *
 * @param run settings, vocabulary, labels and model
 * @param options.split `test`, or `train` to see how far the model has learnt its reviews by heart
 * @param options.dataDir where datasets are
 * @param options.cacheDir where encoded splits are kept
 * @param options.batchSize reviews computed at once; changes the speed only
 * @param options.onStart is told the number of reviews once they are read
 * @param options.onProgress is told after each batch how many reviews are done
 * @throws UserError when the run or the data is missing or damaged, or the two have other labels
 */
export async function evaluateRun(
  run: RunFolder,
  options: {
    split: SplitName;
    dataDir: string;
    cacheDir: string;
    batchSize: number;
    onStart?: (reviews: number) => void;
    onProgress?: (reviewsDone: number) => void;
  },
): Promise<Evaluation> {
  const { dataDir, cacheDir, batchSize, onStart, onProgress } = options;
  const config = await run.readConfig();
  const labels = await run.readLabels();
  const split = await openSplit(options.split, { dataset: config.dataset, dataDir });
  if (!isDeepStrictEqual([...split.labels], labels)) {
    throw new UserError(
      `${run.path} tells ${labels.join(', ')} apart, but the ${split.name} split has ${split.labels.join(', ')}.`,
      'Evaluate the run on the dataset it was trained on.',
    );
  }
  const vocabulary = await run.readVocabulary();
  const encoded = await encodeSplit(split, config.text, { vocabulary, cacheDir });
  const model = await run.readModel();
  try {
    onStart?.(encoded.labels.length);
    return await evaluate(model, encoded, { labels, batchSize, onProgress });
  } finally {
    model.dispose();
  }
}
