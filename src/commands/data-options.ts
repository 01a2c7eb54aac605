import type { Command } from 'commander';
import type { DatasetConfig } from '../config/schema.js';

type FilesConfig = Extract<DatasetConfig, { name: 'files' }>;

/** Options that put files of the user's own in the place of a config's data set. */
export interface DataFlags {
  readonly data?: readonly string[];
  readonly testData?: readonly string[];
  readonly textColumn?: string;
  readonly labelColumn?: string;
  readonly strict?: boolean;
}

/** Adds those options to a command. */
export function addDataOptions(command: Command): Command {
  return command
    .option('--data <file...>', 'train on files of your own: CSV, TSV, JSONL, JSON, Parquet, text, folders')
    .option('--test-data <file...>', 'files of test examples (default: a tenth of the data is held out)')
    .option('--text-column <name>', 'the column of the texts (default: guessed)')
    .option('--label-column <name>', 'the column of the labels (default: guessed)')
    .option('--strict', 'stop at the first problem in the data');
}

/** Of {@link DataFlags}: those that mean nothing without --data, as they are written. */
export function flagsWithoutData(flags: DataFlags): readonly string[] {
  if (flags.data !== undefined) return [];
  const names = {
    testData: '--test-data',
    textColumn: '--text-column',
    labelColumn: '--label-column',
    strict: '--strict',
  };
  return Object.entries(names).flatMap(([key, name]) =>
    flags[key as keyof DataFlags] === undefined ? [] : [name],
  );
}

/**
 * The override that puts the files into a config. Of a config whose data set is files, too, what it says of them stays, save
 * the files themselves. A folder with a file or folder called `train` is one of all splits.
 */
export async function dataOverride(flags: DataFlags, former: DatasetConfig): Promise<string> {
  return `dataset=${JSON.stringify(await filesOf(flags, former))}`;
}

/** The same as settings. */
export async function filesOf(flags: DataFlags, former: DatasetConfig): Promise<FilesConfig> {
  const {
    path: _path,
    train: _train,
    validation: _validation,
    test: _test,
    ...kept
  } = (former.name === 'files' ? former : { name: 'files' }) as FilesConfig;
  const { data = [], testData, textColumn, labelColumn, strict } = flags;
  const paths = (files: readonly string[]) => (files.length === 1 ? files[0] : [...files]);
  // Two settings for one thing contradict each other: the command line's counts.
  const { columns, text, ...others } = kept;
  const texts = textColumn === undefined ? { columns, text } : { text: textColumn };
  const { holdsParts } = await import('../datasets/files/find-split-files.js');
  const hasParts = data.length === 1 && (await holdsParts(data[0]));
  return {
    ...others,
    ...texts,
    ...(hasParts ? { path: data[0] } : { train: paths(data) }),
    ...(testData && { test: paths(testData) }),
    ...(labelColumn !== undefined && { label: labelColumn }),
    ...(strict && { strict }),
  };
}
