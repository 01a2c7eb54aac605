import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../src/errors/user-error.js';
import { openRowFile } from '../../src/rows/open-row-file.js';
import type { Row, RowFileOptions } from '../../src/rows/row.js';
import { temporaryFolder } from '../datasets/temporary-folder.js';

/** Names with their content; names may have folders. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes files into a new folder, which is given back and removed when the test ends. */
export async function writeFiles(files: Files): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** All rows of a file; without `onProblem` the first problem is thrown. */
export async function readAll(path: string, options: RowFileOptions = {}): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const portion of (await openRowFile(path, options)).portions()) rows.push(...portion);
  return rows;
}

/** The values of all rows of one file with this name and content. */
export async function valuesOf(
  name: string,
  content: string | Uint8Array,
  options: RowFileOptions = {},
): Promise<Row['values'][]> {
  const folder = await writeFiles({ [name]: content });
  return (await readAll(join(folder, name), options)).map(({ values }) => values);
}

/**
 * What reading a file comes to: its problems (`file:line: message -> hint`), then the error that ends it or the number
 * of rows. The temporary folder is left out of paths.
 */
export async function outcome(path: string, options: RowFileOptions, folder: string): Promise<string[]> {
  const said: string[] = [];
  const short = (text: string) => text.replaceAll(`${folder}/`, '').replaceAll(folder, '.');
  const withHint = (message: string, hint?: string) => short(hint ? `${message} -> ${hint}` : message);
  try {
    const rows = await readAll(path, {
      ...options,
      onProblem: ({ file, line, message, hint }) => said.push(withHint(`${file}:${line}: ${message}`, hint)),
    });
    said.push(`${rows.length} rows`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    said.push(withHint(`error: ${error.message}`, error.hint));
  }
  return said;
}
