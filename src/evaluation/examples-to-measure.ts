import { openTestFiles, type TestFiles } from '../datasets/files/open-test-files.js';
import { splitsOfDataset } from '../datasets/resolve-dataset.js';
import type { Split, SplitName } from '../datasets/split.js';
import { UserError } from '../errors/user-error.js';
import type { CacheOptions } from '../files/bounded-cache.js';
import type { RunFolder } from '../runs/run-folder.js';
import { resolveTask } from '../tasks/open-task.js';
import { heldOutExamples } from './held-out-examples.js';
import { openSplitOfRun } from './predict-run.js';

/** Examples that a run is measured on. */
export interface ExamplesToMeasure {
  readonly split: Split;
  /** `[examples]`: only those at these places of the split. */
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
  const members = (await run.members()).map((member) => member.run);
  const held = await heldOutExamples(members, options);
  if (held) return { ...held, ofRun: true };
  throw members.length === 1 ? noneHeldOut() : noneInCommon(members.length);
}

function noneHeldOut(): UserError {
  return new UserError(
    'There is neither a test split nor a validation split, and training.validationSplit is 0.',
    'Give examples to measure on: imdb-rnn eval --data FILE.',
  );
}

function noneInCommon(runs: number): UserError {
  return new UserError(
    `No example was held out by all ${runs} members of the ensemble: each was learnt from by at least one of them.`,
    'Give the data set a validation split, or train members with the same seed and training.validationSplit.',
  );
}
