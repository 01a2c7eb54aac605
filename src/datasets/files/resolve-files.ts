import { UserError } from '../../errors/user-error.js';
import type { RowFile } from '../../rows/row.js';
import { displayPath } from './display-path.js';
import { absoluteFiles, fileParts, findSplitFiles } from './find-split-files.js';
import { firstRows } from './first-rows.js';
import { describeGuess, guessColumns, listColumns, noTextColumn } from './guess-columns.js';
import { openRows } from './open-rows.js';
import type { FilesSettings } from './settings.js';

/** Share that is held out to choose the best epoch where groups must not be torn. */
const groupedValidation = 0.1;

export interface ResolveFilesOptions {
  /** Is told what was guessed, and why. */
  readonly onNote?: (note: string) => void;
}

/**
 * Settings with all that the files tell filled in: absolute paths, the columns of text and label, and where all files agree
 * format, delimiter and encoding. What is filled already stays, so that filling twice is filling once.
 *
 * @throws UserError where a file is not there or not to be read, or where no column seems to be the text or the label
 */
export async function resolveFiles(
  settings: FilesSettings,
  { onNote = () => {} }: ResolveFilesOptions = {},
): Promise<FilesSettings> {
  checkSettings(settings);
  const parts = await findSplitFiles(settings);
  const { unsupervised } = settings;
  const { name, path: _path, train: _train, validation: _validation, test: _test, ...rest } = settings;
  const all = fileParts.flatMap((part) => parts[part] ?? []);
  if (all.length === 0) {
    throw new UserError(
      'The data set "files" names no file: dataset.train is missing.',
      'Give a file, such as with --data reviews.csv.',
    );
  }
  const opened = await openAll(all, settings);
  const columns = await fillColumns(settings, opened[0], onNote);
  const { validation = rest.groupBy === undefined ? undefined : groupedValidation, ...split } = rest.split;
  return {
    name,
    ...pathsOf(parts),
    ...rest,
    ...(unsupervised && pathsOf({ unsupervised: await absoluteFiles(unsupervised) })),
    ...layoutOf(opened, settings),
    ...columns,
    split: validation === undefined ? split : { validation, ...split },
  };
}

function checkSettings({ text, columns, split }: FilesSettings): void {
  if (text !== undefined && columns !== undefined) {
    throw new UserError(
      'dataset.text and dataset.columns are both given.',
      'dataset.text is one column, dataset.columns are several: leave one of them out.',
    );
  }
  if (columns !== undefined && Object.keys(columns).length === 0) {
    throw new UserError('dataset.columns names no column.', 'Name at least one, or leave it out.');
  }
  const heldOut = (split.validation ?? 0) + split.test;
  if (heldOut >= 1) {
    throw new UserError(
      `dataset.split holds out ${heldOut} of the rows, which leaves nothing to train on.`,
      'The shares of validation and test together are below 1.',
    );
  }
}

const pathsOf = (parts: Readonly<Record<string, readonly string[]>>): Partial<FilesSettings> =>
  Object.fromEntries(
    Object.entries(parts).map(([part, files]) => [part, files.length === 1 ? files[0] : [...files]]),
  );

async function openAll(paths: readonly string[], settings: FilesSettings): Promise<readonly RowFile[]> {
  const opened: RowFile[] = [];
  // What is wrong with rows is told when all of them are read.
  for (const path of paths) opened.push(await openRows(path, settings, { onProblem: () => {} }));
  return opened;
}

/** What all files have in common; what differs is found out anew for each. */
function layoutOf(files: readonly RowFile[], settings: FilesSettings): Partial<FilesSettings> {
  const common = <Key extends 'format' | 'delimiter' | 'encoding'>(key: Key) => {
    const [value] = files.map((file) => file[key]);
    const found = settings[key] ?? (files.every((file) => file[key] === value) ? value : undefined);
    return found === undefined ? {} : { [key]: found };
  };
  return { ...common('format'), ...common('delimiter'), ...common('encoding') };
}

async function fillColumns(
  settings: FilesSettings,
  file: RowFile,
  onNote: (note: string) => void,
): Promise<Partial<FilesSettings>> {
  const { text, columns, label, weight, groupBy, features } = settings;
  const hasText = text !== undefined || columns !== undefined;
  if (hasText && label !== undefined) return {};
  const rows = await firstRows(file);
  checkHeader(file, settings);
  const others = [text, ...Object.values(columns ?? {}), label, weight, groupBy];
  const taken = [...others, ...(features?.numeric ?? []), ...(features?.categorical ?? [])];
  const guess = guessColumns(file.columns, rows, {
    taken: taken.filter((column) => column !== undefined),
  });
  const guessedText = hasText ? undefined : guess.text;
  const guessedLabel = label === undefined ? guess.label : undefined;
  if (!hasText && !guessedText) {
    throw noTextColumn(file, 'Name it: --text-column, or dataset.text in a config.');
  }
  if (label === undefined && !guessedLabel) throw labelError(file, guess.labelCandidates);
  onNote(`${file.path}: ${describeGuess({ ...guess, text: guessedText, label: guessedLabel })}`);
  return {
    ...(guessedText && { text: guessedText.column }),
    ...(guessedLabel && { label: guessedLabel.column }),
  };
}

function labelError(file: RowFile, candidates: readonly string[]): UserError {
  const hint = 'Name it: --label-column, or dataset.label in a config.';
  if (candidates.length > 1) {
    return new UserError(
      `${file.path} has several columns that may be the labels: ${listColumns(candidates)}.`,
      hint,
    );
  }
  return new UserError(
    `${file.path} has no column that looks like labels. Its columns: ${listColumns(file.columns)}.`,
    file.format === 'txt'
      ? 'A .txt file holds texts alone: use CSV, JSONL or a folder for each label.'
      : hint,
  );
}

/** A first line that is a sentence names no columns. */
function checkHeader(file: RowFile, { header }: FilesSettings): void {
  if (!header || (file.format !== 'csv' && file.format !== 'tsv')) return;
  const sentence = file.columns.find((column) => column.trim().split(/\s+/).length > 5);
  if (sentence === undefined) return;
  throw new UserError(
    `${file.path}:1: the first line does not look like the names of columns: ${JSON.stringify(sentence.slice(0, 60))}.`,
    'If it is an example: --set dataset.header=false; otherwise name the columns with --text-column and --label-column.',
  );
}

/** How the files of settings are called in a sentence. */
export function nameFiles(paths: string | readonly string[]): string {
  const [first, ...more] = typeof paths === 'string' ? [paths] : paths;
  return more.length === 0 ? displayPath(first) : `${displayPath(first)} and ${more.length} more`;
}
