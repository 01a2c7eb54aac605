import { explainingFileErrors } from '../errors/system-error.js';
import { UserError } from '../errors/user-error.js';
import { writeAtomically } from '../files/write-atomically.js';
import { type RowLayout, writeRows } from '../rows/write-rows.js';

/** The format that a file's name asks for. @throws UserError when it is none of those that can be written */
export function sheetFormat(path: string): RowLayout['format'] {
  const ending = /\.(csv|tsv|jsonl)$/i.exec(path)?.[1].toLowerCase();
  if (ending) return ending as RowLayout['format'];
  throw new UserError(
    `${path}: the name does not say in which format to write.`,
    'Let it end in .csv, .tsv or .jsonl.',
  );
}

/** Writes rows as the file's name says. @throws UserError when the file cannot be written */
export async function writeSheet(
  path: string,
  { columns, rows }: { columns: readonly string[]; rows: readonly Readonly<Record<string, unknown>>[] },
): Promise<void> {
  const text = await sheetText(rows, { format: sheetFormat(path), columns });
  await explainingFileErrors(`write ${path}`, () => writeAtomically(path, text));
}

/** Rows as the text of a file. */
export async function sheetText(
  rows: readonly Readonly<Record<string, unknown>>[],
  layout: RowLayout,
): Promise<string> {
  const parts: string[] = [];
  for await (const part of writeRows([rows], layout)) parts.push(part);
  return parts.join('');
}
