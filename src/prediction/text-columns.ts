import type { Config } from '../config/schema.js';
import { firstRows } from '../datasets/files/first-rows.js';
import { guessColumns, listColumns, noTextColumn } from '../datasets/files/guess-columns.js';
import { nearest } from '../errors/nearest.js';
import { UserError } from '../errors/user-error.js';
import type { RowFile } from '../rows/row.js';

/** The columns that make a text, in the order in which they are joined. */
export interface TextColumns {
  readonly textColumns: readonly string[];
  /** Why they were chosen where nobody has named them. */
  readonly reason?: string;
}

type File = Pick<RowFile, 'path' | 'columns' | 'portions'>;
type FilesConfig = Extract<Config['dataset'], { name: 'files' }>;

const sameAsRun = "as in the run's files";

/**
 * Which columns of a file have the texts: the one that is named, else those of the files that the run was trained on, else
 * it is guessed by names and content.
 *
 * @param options.taken columns that are something else already
 * @throws UserError where the file has no such columns, or none that looks like texts
 */
export async function chooseTextColumns(
  file: File,
  { dataset }: Pick<Config, 'dataset'>,
  { named, taken = [] }: { readonly named?: string; readonly taken?: readonly string[] } = {},
): Promise<TextColumns> {
  const chosen = named !== undefined ? { textColumns: [named] } : columnsOfRun(dataset, file);
  if (!chosen) return guessText(file, taken);
  for (const column of chosen.textColumns) checkColumn(column, file);
  return chosen;
}

/**
 * The run's own columns. One column of another name may be meant where the file has not the run's: it is guessed then, but
 * parts of a text cannot be left out.
 */
function columnsOfRun(dataset: Config['dataset'], { columns }: File): TextColumns | undefined {
  if (dataset.name !== 'files') return undefined;
  const { text, columns: parts } = dataset as FilesConfig;
  if (parts) return { textColumns: Object.values(parts), reason: sameAsRun };
  return text !== undefined && columns.includes(text)
    ? { textColumns: [text], reason: sameAsRun }
    : undefined;
}

async function guessText(file: File, taken: readonly string[]): Promise<TextColumns> {
  const { columns } = file;
  const { text } = guessColumns(columns, await firstRows(file), { taken });
  if (text) return { textColumns: [text.column], reason: text.reason };
  // Nothing else can be meant, even where its rows are a word each.
  if (columns.length === 1) return { textColumns: columns, reason: 'the only column' };
  throw noTextColumn(file, 'Name the column of the texts with --text-column.');
}

function checkColumn(column: string, { path, columns }: File): void {
  if (columns.includes(column)) return;
  const close = nearest(column, columns);
  const hint = close === undefined ? 'Name the column of the texts' : `Did you mean "${close}"? Name it`;
  throw new UserError(
    `${path} has no column "${column}". Its columns: ${listColumns(columns)}.`,
    `${hint} with --text-column.`,
  );
}
