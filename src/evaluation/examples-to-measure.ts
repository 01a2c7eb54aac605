import { createHash } from 'node:crypto';
import { encodeSplit } from '../batches/encode-split.js';
import { type EncodedSplit, exampleCount } from '../batches/encoded-split.js';
import { holdOutValidation } from '../batches/hold-out-validation.js';
import { openTestFiles, type TestFiles } from '../datasets/files/open-test-files.js';
import { splitsOfDataset } from '../datasets/resolve-dataset.js';
import type { Split, SplitName } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import type { CacheOptions } from '../files/bounded-cache.js';
import type { RunFolder } from '../runs/run-folder.js';
import { resolveTask } from '../tasks/open-task.js';
import { openSplitOfRun } from './predict-run.js';

/** Examples that a run is measured on. */
export interface ExamplesToMeasure {
  readonly split: Split;
  /** Only these of the split. */
  readonly encoded?: EncodedSplit;
  /** `[examples]`: where in the split these are. */
  readonly places?: Int32Array;
  /** Whether they belong to the run's data set, so that what its model says of them is kept. */
  readonly ofRun: boolean;
}

export interface ExamplesToMeasureOptions extends CacheOptions {
  readonly split: SplitName;
  /** Files of the user's own, in the place of the data set. */
  readonly data?: TestFiles;
  readonly dataDir: string;
  readonly onNote?: (note: string) => void;
}

/**
 * The examples of a split of the run's data set; where it has no test split, those that were held out for validation; or
 * the user's own.
 *
 * @throws UserError where there are none, or they have other labels than the run
 */
export async function examplesToMeasure(
  run: RunFolder,
  { data, ...options }: ExamplesToMeasureOptions,
): Promise<ExamplesToMeasure> {
  const { dataDir, onNote = () => {} } = options;
  const { dataset, task } = await run.readConfig();
  if (data) {
    const split = await openTestFiles(data, { dataset, labels: await run.readLabels(), dataDir, onNote });
    resolveTask(task, split);
    return { split, ofRun: false };
  }
  const has = await splitsOfDataset({ dataset, dataDir });
  const wanted = options.split === 'test' && !has.includes('test') ? 'validation' : options.split;
  if (wanted !== options.split) {
    onNote(
      'there is no test split: these are the figures of the examples held out for validation, which chose the epoch',
    );
  }
  if (wanted !== 'validation' || has.includes('validation')) {
    return { split: await openSplitOfRun(run, { split: wanted, dataDir }), ofRun: true };
  }
  return { ...(await heldOut(run, options)), ofRun: true };
}

/** The examples that training held out of its own. */
async function heldOut(
  run: RunFolder,
  { dataDir, cacheDir, cacheSize }: Pick<ExamplesToMeasureOptions, 'dataDir' | keyof CacheOptions>,
): Promise<{ split: Split; encoded: EncodedSplit; places: Int32Array }> {
  const config = await run.readConfig();
  const train = await openSplitOfRun(run, { split: 'train', dataDir });
  const vocabulary = await run.readVocabulary();
  const { validation, places } = holdOutValidation(
    await encodeSplit(train, { vocabulary, cacheDir, cacheSize }),
    config,
  );
  const count = exampleCount(validation);
  if (count === 0) {
    throw new UserError(
      'There is neither a test split nor a validation split, and training.validationSplit is 0.',
      'Give examples to measure on: imdb-rnn eval --data FILE.',
    );
  }
  const { seed, training } = config;
  const parts = [train.contentHash, 'held out', seed, training.validationSplit];
  const contentHash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return { split: { ...train, name: 'validation', count, contentHash }, encoded: validation, places };
}
