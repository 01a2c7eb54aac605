/** One record of a file. */
export interface Row {
  /** The file as it was named; of a folder of classes the text's own file. */
  readonly file: string;
  /** The line on which the record begins, from 1; of Parquet and JSON arrays the record's number, from 1. */
  readonly line: number;
  /** By column: string, number, boolean, null, arrays and objects of these. */
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Something wrong with a part of a file, and on which line. Where rows are numbered instead of lines: in which record, or,
 * of characters that are no text, on which line.
 */
export interface RowProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
  /** The next step, where there is one. */
  readonly hint?: string;
  /** Whether what the problem is in is read all the same; else the row is left out. */
  readonly kept?: boolean;
}

export const rowFormats = [
  'csv',
  'tsv',
  'jsonl',
  'json',
  'parquet',
  'fasttext',
  'txt',
  'pairs',
  'folders',
] as const;
export type RowFormat = (typeof rowFormats)[number];

export const textEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type TextEncoding = (typeof textEncodings)[number];

export type Compression = 'none' | 'gzip' | 'zstd';

export interface RowFileOptions {
  /** Default: told by the name's ending, else by the content. */
  readonly format?: RowFormat;
  /** Of csv: `,`, `;`, a tab or `|`, found out from the first lines; of tsv a tab. One character. */
  readonly delimiter?: string;
  /** Default: UTF-8, or UTF-16 where a byte order mark says so. `latin1` is another name of `windows-1252`. */
  readonly encoding?: TextEncoding | 'latin1';
  /** Whether csv and tsv begin with the columns' names; default true. Without, columns are named `1`, `2`, ... */
  readonly header?: boolean;
  /** What encloses fields of csv and tsv; default `"`. `''`: nothing does, and quotes are letters like others. */
  readonly quote?: string;
  /** Of `pairs`: the file whose line n is the label of line n of the texts. */
  readonly labels?: string;
  /** Is told what is wrong with a row, which is then left out. Without it the first problem is thrown. */
  readonly onProblem?: (problem: RowProblem) => void;
  /** Throw the first problem even where `onProblem` is given; default false. */
  readonly strict?: boolean;
}

/** A file whose format is known, ready to be read from its beginning as often as wished. */
export interface RowFile {
  readonly path: string;
  readonly format: RowFormat;
  readonly compression: Compression;
  /** Undefined for Parquet. */
  readonly encoding?: TextEncoding;
  /** Of csv and tsv. */
  readonly delimiter?: string;
  /** Of csv and tsv; `''` where nothing encloses fields. */
  readonly quote?: string;
  /** Of csv and tsv. */
  readonly header?: boolean;
  /** In the file's order; of JSON those of the first some hundred records. */
  readonly columns: readonly string[];
  /**
   * The rows, at most some thousands at a time.
   *
   * @throws UserError where the file cannot be read further, where no row at all can be read, and, when strict, at
   * the first problem
   */
  portions(): AsyncIterable<readonly Row[]>;
}
