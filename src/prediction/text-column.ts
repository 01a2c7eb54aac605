import { nearest } from '../errors/nearest.js';
import { UserError } from '../errors/user-error.js';
import type { RowFile } from '../rows/row.js';

/** What a column of texts is called where nobody says which it is, the surest first. */
const usualNames = ['text', 'texts', 'review', 'sentence', 'content', 'body', 'message', 'comment'];

/**
 * The column of a file that holds the texts.
 *
 * @param options `given`: the column that the user names; `trained`: the one of the data that the model was trained on, which is
 * taken where the file has it
 * @throws UserError where the file lacks the column that was named, and where nothing tells which it is
 */
export function chooseTextColumn(
  { path, columns }: Pick<RowFile, 'path' | 'columns'>,
  { given, trained }: { readonly given?: string; readonly trained?: string } = {},
): string {
  const listed = columns.map((name) => JSON.stringify(name)).join(', ');
  if (given !== undefined) {
    if (columns.includes(given)) return given;
    const near = nearest(given, columns);
    throw new UserError(
      `${path} has no column "${given}"; it has ${listed}.`,
      near === undefined ? 'Name one of these with --text-column.' : `Did you mean --text-column "${near}"?`,
    );
  }
  if (trained !== undefined && columns.includes(trained)) return trained;
  const plain = columns.map((name) => name.trim().toLowerCase());
  const place = usualNames.map((name) => plain.indexOf(name)).find((index) => index >= 0);
  if (place !== undefined) return columns[place];
  if (columns.length === 1) return columns[0];
  throw new UserError(
    `${path}: nothing tells which column holds the texts; it has ${listed}.`,
    'Name it: --text-column NAME.',
  );
}
