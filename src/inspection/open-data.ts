import type { DatasetSettings } from '../datasets/dataset-table.js';
import { findSplitFiles } from '../datasets/files/find-split-files.js';
import { firstRows } from '../datasets/files/first-rows.js';
import {
  describeGuess,
  type GuessedColumns,
  guessColumns,
  listColumns,
  noTextColumn,
} from '../datasets/files/guess-columns.js';
import { checkColumns, openRows } from '../datasets/files/open-rows.js';
import { columnMark, recordReader, textColumnsOf } from '../datasets/files/read-record.js';
import { type FilesSettings, settings as filesSettings } from '../datasets/files/settings.js';
import { openSplit } from '../datasets/open-split.js';
import { UserError } from '../errors/user-error.js';
import { ownValue } from '../rows/own-value.js';
import type { Row, RowFile, RowProblem } from '../rows/row.js';
import { writtenValue } from '../rows/written-value.js';
import type { InspectOptions } from './inspect-rows.js';

/** Data that is ready to be inspected. */
export interface OpenedData {
  readonly options: InspectOptions;
  /** `reviews.csv: csv (","), utf-8`; of several files the first and how many more. */
  readonly title: string;
  /** The files, or the name of a data set that is no files. */
  readonly files: readonly string[];
  /** Of files of one's own: the settings of the data set, with the columns that were guessed. */
  readonly settings?: FilesSettings;
  /** Sentences about what was guessed, and what could not be. */
  readonly notes: readonly string[];
  portions(): AsyncIterable<readonly Row[]>;
}

export interface OpenDataOptions {
  /** Is told of rows that cannot be read and are left out. */
  readonly onProblem?: (problem: RowProblem) => void;
}

/** Settings of the data set `files` for some files. */
export function settingsForFiles(
  files: readonly string[],
  columns: { readonly text?: string; readonly label?: string } = {},
): FilesSettings {
  return filesSettings.parse({
    name: 'files',
    train: files.length === 1 ? files[0] : [...files],
    ...columns,
  });
}

/**
 * Opens the training files of a data set, with labels or without; of a data set that is no files its training split.
 *
 * @throws UserError where the data is not there or not to be read, holds no texts, or lacks a column that is named
 */
export async function openData(
  dataset: DatasetSettings,
  options: OpenDataOptions & { readonly dataDir: string },
): Promise<OpenedData> {
  return dataset.name === 'files' ? openFiles(dataset, options) : openTexts(dataset, options);
}

async function openFiles(
  given: FilesSettings,
  { onProblem = () => {} }: OpenDataOptions,
): Promise<OpenedData> {
  const { train: paths = [] } = await findSplitFiles(given);
  if (paths.length === 0) throw new UserError('No file is named.', 'Name one, such as reviews.csv.');
  const opened: RowFile[] = [];
  for (const path of paths) opened.push(await openRows(path, given, { onProblem }));
  const { settings, notes } = await withColumns(given, opened[0]);
  for (const file of opened) checkColumns(file, settings);
  const { label } = settings;
  const texts = textColumnsOf(settings);
  const read = recordReader({ ...settings, weight: undefined, features: undefined, groupBy: undefined });
  return {
    title: titleOf(opened),
    files: opened.map(({ path }) => path),
    settings,
    notes,
    options: {
      textColumn: texts.join(', '),
      labelColumn: label,
      columns: opened[0].columns,
      textOf: (row) => texts.map((name) => writtenValue(ownValue(row.values, name))).join(columnMark),
      ...(label !== undefined && {
        labelsOf: (row) => {
          const record = read(row);
          return typeof record === 'string' ? [] : record.labels;
        },
      }),
    },
    async *portions() {
      for (const file of opened) yield* file.portions();
    },
  };
}

/** The columns that are not named, guessed by the first file; no column of labels will do, too. */
async function withColumns(
  settings: FilesSettings,
  file: RowFile,
): Promise<{ readonly settings: FilesSettings; readonly notes: readonly string[] }> {
  const { text, columns, label } = settings;
  const hasText = text !== undefined || columns !== undefined;
  if (hasText && label !== undefined) return { settings, notes: [] };
  const taken = [text, ...Object.values(columns ?? {}), label].filter((name) => name !== undefined);
  const guess = guessColumns(file.columns, await firstRows(file), { taken });
  const found: GuessedColumns = {
    text: hasText ? undefined : guess.text,
    label: label === undefined ? guess.label : undefined,
    labelCandidates: guess.labelCandidates,
  };
  if (!hasText && !found.text) {
    throw noTextColumn(file, 'Name it: --text-column.');
  }
  const filled = {
    ...settings,
    ...(found.text && { text: found.text.column }),
    ...(found.label && { label: found.label.column }),
  };
  const notes = found.text || found.label ? [`${file.path}: ${describeGuess(found)}`] : [];
  return { settings: filled, notes: [...notes, ...missingLabel(filled, found.labelCandidates)] };
}

function missingLabel({ label }: FilesSettings, candidates: readonly string[]): string[] {
  if (label !== undefined) return [];
  return candidates.length > 1
    ? [`several columns may be the labels: ${listColumns(candidates)}; name one with --label-column`]
    : ['no column looks like labels; --label-column names one'];
}

function titleOf([first, ...more]: readonly RowFile[]): string {
  const { path, format, delimiter, encoding, compression } = first;
  const parts = [
    delimiter === undefined
      ? format
      : `${format} (${delimiter === '\t' ? 'tab' : JSON.stringify(delimiter)})`,
    ...(encoding === undefined ? [] : [encoding]),
    ...(compression === 'none' ? [] : [compression]),
  ];
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return `${path}${others}: ${parts.join(', ')}`;
}

/** Examples of a split as rows: their number in place of a line. */
async function openTexts(dataset: DatasetSettings, { dataDir }: { dataDir: string }): Promise<OpenedData> {
  const split = await openSplit('train', { dataset, dataDir });
  if (split.kind === 'ids') {
    throw new UserError(
      `The data set "${dataset.name}" holds the numbers of words, no texts to look at.`,
      '`imdb-rnn prepare` shows what a config makes of it.',
    );
  }
  const { labels } = split;
  return {
    title: `${dataset.name}, ${split.name} split`,
    files: [dataset.name],
    notes: [],
    options: { textColumn: 'text', labelColumn: 'label', columns: ['text', 'label'] },
    async *portions() {
      let line = 0;
      for await (const examples of split.read()) {
        yield examples.map(({ text, target }) => {
          const targets = typeof target === 'number' ? [target] : target;
          const label = targets.filter((index) => index >= 0).map((index) => labels[index]);
          line += 1;
          return { file: dataset.name, line, values: { text, label: label.length === 1 ? label[0] : label } };
        });
      }
    },
  };
}
