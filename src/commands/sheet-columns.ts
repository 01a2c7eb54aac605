import type { Config } from '../config/schema.js';
import { guessColumns, listColumns } from '../datasets/files/guess-columns.js';
import { nearest } from '../errors/nearest.js';
import { UserError } from '../errors/user-error.js';
import type { RowFile } from '../rows/row.js';

export interface SheetColumns {
  /** The columns that make a text, in the order in which they are joined. */
  readonly textColumns: readonly string[];
  readonly labelColumn: string;
  /** Why a column was chosen that nobody has named. */
  readonly reason?: string;
}

/** Rows that a guess goes by. */
const guessedRows = 1_000;

/**
 * Which columns of a file have the texts, and which has, or gets, the labels: those that are named, else those of the files
 * that the run was trained on, else the text is guessed by names and content, and the label is `label`.
 *
 * @throws UserError where the file has no such columns of texts, or one column would be both
 */
export async function chooseColumns(
  file: Pick<RowFile, 'path' | 'columns' | 'portions'>,
  { dataset }: Pick<Config, 'dataset'>,
  named: { readonly textColumn?: string; readonly labelColumn?: string },
): Promise<SheetColumns> {
  const ofRun = dataset.name === 'files' ? dataset : undefined;
  const labelColumn = named.labelColumn ?? ofRun?.label ?? 'label';
  const texts = textsOf(ofRun, named.textColumn) ?? (await guessText(file, labelColumn));
  const { textColumns } = texts;
  if (textColumns.includes(labelColumn)) {
    throw new UserError(
      `The column "${labelColumn}" cannot have both the texts and the labels.`,
      'Name two columns with --text-column and --label-column.',
    );
  }
  for (const column of textColumns) checkColumn(column, file);
  return { ...texts, labelColumn };
}

type Texts = Pick<SheetColumns, 'textColumns' | 'reason'>;
type FilesConfig = Extract<Config['dataset'], { name: 'files' }>;

function textsOf(ofRun: FilesConfig | undefined, named: string | undefined): Texts | undefined {
  if (named !== undefined) return { textColumns: [named] };
  if (ofRun?.columns) return { textColumns: Object.values(ofRun.columns), reason: "as in the run's files" };
  return ofRun?.text === undefined
    ? undefined
    : { textColumns: [ofRun.text], reason: "as in the run's files" };
}

async function guessText(
  { path, columns, portions }: Pick<RowFile, 'path' | 'columns' | 'portions'>,
  labelColumn: string,
): Promise<Texts> {
  const values: Readonly<Record<string, unknown>>[] = [];
  for await (const rows of portions()) {
    values.push(...rows.slice(0, guessedRows - values.length).map((row) => row.values));
    if (values.length >= guessedRows) break;
  }
  const { text } = guessColumns(columns, values, { taken: [labelColumn] });
  if (text) return { textColumns: [text.column], reason: text.reason };
  throw new UserError(
    `${path} has no column that looks like texts. Its columns: ${listColumns(columns)}.`,
    'Name the column of the texts with --text-column.',
  );
}

function checkColumn(column: string, { path, columns }: Pick<RowFile, 'path' | 'columns'>): void {
  if (columns.includes(column)) return;
  const close = nearest(column, columns);
  const hint = close === undefined ? 'Name the column of the texts' : `Did you mean "${close}"? Name it`;
  throw new UserError(
    `${path} has no column "${column}". Its columns: ${listColumns(columns)}.`,
    `${hint} with --text-column.`,
  );
}
