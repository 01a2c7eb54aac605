import { nearest } from '../../errors/nearest.js';
import { UserError } from '../../errors/user-error.js';
import { openRowFile } from '../../rows/open-row-file.js';
import type { RowFile, RowProblem } from '../../rows/row.js';
import { displayPath } from './display-path.js';
import { listColumns } from './guess-columns.js';
import type { FilesSettings } from './settings.js';

export interface OpenRowsOptions {
  readonly onProblem: (problem: RowProblem) => void;
}

/** Opens a file of rows as the settings say. @throws UserError where it cannot be read */
export function openRows(
  path: string,
  settings: FilesSettings,
  { onProblem }: OpenRowsOptions,
): Promise<RowFile> {
  const { format, delimiter, encoding, header, quote } = settings;
  return openRowFile(displayPath(path), { format, delimiter, encoding, header, quote, onProblem });
}

/** The columns that settings name, each with its key. */
function namedColumns(settings: FilesSettings): readonly (readonly [key: string, column: string])[] {
  const { text, columns = {}, label, weight, features, groupBy } = settings;
  const named: (readonly [string, string | undefined])[] = [
    ['text', text],
    ...Object.entries(columns).map(([role, column]) => [`columns.${role}`, column] as const),
    ...([
      ['label', label],
      ['weight', weight],
      ['groupBy', groupBy],
    ] as const),
    ...(features?.numeric ?? []).map((column) => ['features.numeric', column] as const),
    ...(features?.categorical ?? []).map((column) => ['features.categorical', column] as const),
  ];
  return named.flatMap(([key, column]) =>
    column === undefined ? [] : [[`dataset.${key}`, column] as const],
  );
}

/** @throws UserError where a file lacks a column that the settings name, with its columns and the nearest one */
export function checkColumns(file: RowFile, settings: FilesSettings): void {
  for (const [key, column] of namedColumns(settings)) {
    if (!file.columns.includes(column)) throw missingColumn(file, column, ` (${key})`);
  }
}

/** @param what follows on the column's name: what it is for */
export function missingColumn({ path, columns }: RowFile, column: string, what: string): UserError {
  const meant = nearest(column, columns);
  return new UserError(
    `${path} has no column ${JSON.stringify(column)}${what}.`,
    `${meant === undefined ? '' : `Did you mean ${JSON.stringify(meant)}? `}Its columns: ${listColumns(columns)}.`,
  );
}
