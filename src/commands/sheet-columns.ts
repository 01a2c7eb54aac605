import type { Config } from '../config/schema.js';
import { nearest } from '../errors/nearest.js';
import { UserError } from '../errors/user-error.js';
import type { RowFile } from '../rows/row.js';

/** What a data set of one's own files says of its columns. */
interface ColumnSettings {
  readonly name: string;
  readonly text?: string;
  readonly label?: string;
}

/**
 * Which column of a file has the texts, and which has, or gets, the labels: those that are named, else those of the data that
 * the run was trained on, else `text` and `label`.
 *
 * @throws UserError where the file has no such column of texts
 */
export function chooseColumns(
  { path, columns }: Pick<RowFile, 'path' | 'columns'>,
  { dataset }: Pick<Config, 'dataset'>,
  named: { readonly textColumn?: string; readonly labelColumn?: string },
): { textColumn: string; labelColumn: string } {
  const ofRun: ColumnSettings = dataset;
  const textColumn = named.textColumn ?? ofRun.text ?? 'text';
  const labelColumn = named.labelColumn ?? ofRun.label ?? 'label';
  if (textColumn === labelColumn) {
    throw new UserError(
      `The column "${textColumn}" cannot have both the texts and the labels.`,
      'Name two columns with --text-column and --label-column.',
    );
  }
  if (columns.includes(textColumn)) return { textColumn, labelColumn };
  const close = nearest(textColumn, columns);
  const hint = close === undefined ? 'Name the column of the texts' : `Did you mean "${close}"? Name it`;
  throw new UserError(
    `${path} has no column "${textColumn}". Its columns: ${columns.join(', ')}.`,
    `${hint} with --text-column.`,
  );
}
