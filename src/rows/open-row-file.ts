import { UserError } from '../errors/user-error.js';
import { delimitedRows } from './delimited-rows.js';
import { type ExaminedText, examineFile, kindOfPath } from './examine-file.js';
import { findDelimiter } from './find-delimiter.js';
import { findFormat } from './find-format.js';
import { jsonArrayRows } from './json-array-rows.js';
import { lineRows, type ParseLine } from './line-rows.js';
import { openFolder } from './open-folder.js';
import { openPairs } from './open-pairs.js';
import { parquetRows } from './parquet-rows.js';
import { parseFastTextLine, parseJsonLine, parseTextLine } from './parse-line.js';
import { rowFileOf } from './reading.js';
import { type RowFile, type RowFileOptions, type RowFormat, rowFormats } from './row.js';

/**
 * Finds out how a file of data is written (format, compression, encoding, delimiter, columns), so that its rows can be
 * read: `csv`, `tsv`, `jsonl`, `json` (an array of objects or strings), `parquet`, `fasttext`, `txt` (a text on each
 * line), `pairs` (a file of texts and one of labels; or a folder with texts.txt and labels.txt) and `folders` (a folder
 * for each class with .txt files). Text files may be gzip- or zstd-compressed.
 *
 * @throws UserError where the file is not there, not to be read, empty, damaged, or of another kind than it is said to be
 */
export async function openRowFile(path: string, options: RowFileOptions = {}): Promise<RowFile> {
  const { format, labels } = options;
  checkOptions(path, options);
  if ((await kindOfPath(path)) === 'folder') return openFolder(path, options);
  if (format === 'folders') {
    throw new UserError(
      `${path} is a file.`,
      'The format "folders" is a folder with a folder for each class.',
    );
  }
  if (format === 'pairs' || labels !== undefined) return openPairs(path, options);

  const examined = await examineFile(path, options);
  const found = examined === 'parquet' ? 'parquet' : (format ?? findFormat(path, examined.head));
  if (found === 'parquet') {
    if (format !== undefined && format !== 'parquet') {
      throw new UserError(
        `${path} is a Parquet file, the given format is "${format}".`,
        'Leave the format out.',
      );
    }
    if (examined !== 'parquet') {
      throw new UserError(
        `${path} is no Parquet file: it does not begin with PAR1.`,
        'Say which format it is, or copy the file again.',
      );
    }
    return rowFileOf(
      { path, format: 'parquet', compression: 'none' },
      {
        withoutRows: 'holds columns and no rows',
        read: ({ reportIn }, columns) => parquetRows(path, { columns, report: reportIn(path) }),
      },
      options,
    );
  }
  return openText(examined as ExaminedText, found, options);
}

function openText(source: ExaminedText, format: RowFormat, options: RowFileOptions): Promise<RowFile> {
  const { path, compression, encoding } = source;
  const known = { path, format, compression, encoding };
  if (format === 'csv' || format === 'tsv') {
    const { quote = '"', header = true } = options;
    const delimiter =
      options.delimiter ?? (format === 'tsv' ? '\t' : findDelimiter(source.head, quote).delimiter);
    const layout = { delimiter, quote, header };
    return rowFileOf(
      { ...known, ...layout },
      {
        withoutRows: header ? 'holds a header and no rows' : 'holds no rows',
        read: ({ reportIn }, columns) => delimitedRows(source, layout, { columns, report: reportIn(path) }),
      },
      options,
    );
  }
  if (format === 'json') {
    return rowFileOf(
      known,
      {
        withoutRows: 'holds an empty array',
        read: ({ reportIn }) => jsonArrayRows(source, reportIn(path)),
      },
      options,
    );
  }
  const { parse, hint } = lineFormats[format as keyof typeof lineFormats];
  return rowFileOf(
    known,
    {
      withoutRows: 'holds blank lines only',
      read: ({ reportIn }) => lineRows(source, parse, { report: reportIn(path), hint }),
    },
    options,
  );
}

const lineFormats = {
  jsonl: { parse: parseJsonLine, hint: 'Each line holds one JSON object.' },
  fasttext: {
    parse: parseFastTextLine,
    hint: 'A line is "__label__name text". Lines without labels are "txt".',
  },
  txt: { parse: parseTextLine, hint: undefined },
} satisfies Record<string, { parse: ParseLine; hint: string | undefined }>;

function checkOptions(path: string, { format, delimiter, quote }: RowFileOptions): void {
  if (format !== undefined && !rowFormats.includes(format)) {
    throw new UserError(
      `${path}: the format "${format}" is not known.`,
      `Use one of: ${rowFormats.join(', ')}.`,
    );
  }
  if (delimiter !== undefined && (delimiter.length !== 1 || /[\r\n]/.test(delimiter))) {
    throw new UserError(
      `${path}: the delimiter is ${JSON.stringify(delimiter)}, one character was expected.`,
      'Use ",", ";", "|" or a tab.',
    );
  }
  if (quote !== undefined && (quote.length > 1 || /[\r\n]/.test(quote) || quote === (delimiter ?? ','))) {
    throw new UserError(
      `${path}: the quote is ${JSON.stringify(quote)}, one character other than the delimiter, or none, was expected.`,
      "Use '\"'.",
    );
  }
}
