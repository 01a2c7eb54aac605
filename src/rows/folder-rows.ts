import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors/user-error.js';
import { byteOrderMark, decodeText, isValidText } from './decode-text.js';
import { explainFileFailure } from './file-failure.js';
import type { ReportProblem } from './report-problem.js';
import type { Row, TextEncoding } from './row.js';

const filesAtOnce = 16;
const filesPerPortion = 512;

export interface ClassFolder {
  readonly label: string;
  readonly folder: string;
  /** Names of its .txt files, sorted. */
  readonly texts: readonly string[];
  /** How many of its other files are left out. */
  readonly others: number;
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** The folders below a folder with the .txt files in each, by name; hidden ones and files beside them are passed over. */
export async function classFolders(path: string): Promise<readonly ClassFolder[]> {
  const entriesOf = async (folder: string) => {
    try {
      return (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
    } catch (error) {
      throw await explainFileFailure(folder, error);
    }
  };
  const labels = (await entriesOf(path)).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    labels.sort(compare).map(async (label) => {
      const folder = join(path, label);
      const files = (await entriesOf(folder)).filter((entry) => !entry.isDirectory()).map(({ name }) => name);
      const texts = files.filter((name) => name.toLowerCase().endsWith('.txt')).sort(compare);
      return { label, folder, texts, others: files.length - texts.length };
    }),
  );
}

/**
 * A row for each .txt file in a folder for each class: `label` is the folder's name, `text` the whole file.
 *
 * @param options.report told of files and folders that are left out
 */
export async function* folderRows(
  path: string,
  options: {
    readonly encoding?: TextEncoding;
    readonly reportIn: (file: string) => ReportProblem;
  },
): AsyncGenerator<readonly Row[]> {
  const { encoding, reportIn } = options;
  for (const { label, folder, texts, others } of await classFolders(path)) {
    if (others > 0) reportIn(folder)(1, `holds other files than .txt (${others}), which are left out.`);
    if (texts.length === 0)
      reportIn(folder)(1, 'holds no .txt file.', 'Each folder is a class with its texts.');
    for (let at = 0; at < texts.length; at += filesPerPortion) {
      const names = texts.slice(at, at + filesPerPortion);
      const rows: Row[] = [];
      for (let from = 0; from < names.length; from += filesAtOnce) {
        const files = names.slice(from, from + filesAtOnce).map((name) => join(folder, name));
        const contents = await Promise.all(files.map(readWhole));
        for (const [index, file] of files.entries()) {
          const text = textOf(contents[index], { encoding, report: reportIn(file) });
          if (text !== undefined) rows.push({ file, line: 1, values: { label, text } });
        }
      }
      if (rows.length > 0) yield rows;
    }
  }
}

async function readWhole(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_FS_FILE_TOO_LARGE') {
      throw new UserError(`${file} is too large for one text.`, 'Is it one text?', { cause: error });
    }
    throw await explainFileFailure(file, error);
  }
}

/** A file's text; undefined where it is none. */
function textOf(
  bytes: Buffer,
  options: { readonly encoding?: TextEncoding; readonly report: ReportProblem },
): string | undefined {
  const { report } = options;
  const mark = byteOrderMark(bytes);
  const encoding = mark?.encoding ?? options.encoding ?? 'utf-8';
  const content = mark ? bytes.subarray(mark.bytes) : bytes;
  const text = decodeText(content, encoding);
  if (text.includes('\0')) {
    report(1, 'holds NUL bytes and is left out.', 'Is it a text?');
    return undefined;
  }
  if (!isValidText(content, encoding)) {
    report(
      1,
      `holds bytes that are not ${encoding.toUpperCase()}, read as U+FFFD.`,
      'Give the encoding, which is often windows-1252, or save the file as UTF-8.',
      { kept: true },
    );
  }
  return text;
}
