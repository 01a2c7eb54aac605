import type { Config } from '../config/schema.js';
import { nearest } from '../errors/nearest.js';
import { UserError } from '../errors/user-error.js';
import { ownValue } from '../rows/own-value.js';
import type { Question, QuestionRow, TextWithFeatures } from './question.js';
import { rowReader } from './row-reader.js';

/** Makes texts of questions. */
export interface QuestionReader {
  /** The columns that a row must have: those of the text, in their order, then numbers and categories. */
  readonly columns: readonly string[];
  /**
   * @param place of the question among those asked at once, from 0, for messages
   * @throws UserError when a row lacks a column, or has something in it that cannot be used
   */
  read(question: Question, place: number): string | TextWithFeatures;
}

/** @param dataset what a run was trained on: the names of its columns */
export function questionReader(dataset: Config['dataset']): QuestionReader {
  const { textColumns, features } = columnsOf(dataset);
  const { numeric, categorical } = features;
  const columns = [...textColumns, ...numeric, ...categorical];
  const readRow = rowReader({ textColumns, features });
  return {
    columns,
    read(question, place) {
      if (typeof question === 'string') return question;
      if (!isRow(question)) throw noQuestion(question, place);
      if (isTextWithFeatures(question, columns)) return question;
      const row = nameText(question, textColumns);
      const missing = columns.filter((column) => ownValue(row, column) === undefined);
      if (missing.length > 0) throw lacking(missing, Object.keys(question), { columns, place });
      const read = readRow({ values: row as Record<string, unknown> });
      if (typeof read === 'string') throw new UserError(`Text ${place + 1} ${read}`, 'Correct the cell.');
      if (read.text !== '' || columns.length === textColumns.length) return read.text === '' ? '' : read;
      throw new UserError(`Text ${place + 1} is empty.`, 'Leave out rows without a text.');
    },
  };
}

/** What comes as JSON may be anything. */
function isRow(question: unknown): question is QuestionRow {
  return typeof question === 'object' && question !== null && !Array.isArray(question);
}

function noQuestion(question: unknown, place: number): UserError {
  const kind = Array.isArray(question) ? 'a list' : `a ${typeof question}`;
  return new UserError(
    `Text ${place + 1} is ${question == null ? question : kind}.`,
    'Give a text, or an object with its columns.',
  );
}

function columnsOf(dataset: Config['dataset']) {
  const features = { numeric: [] as string[], categorical: [] as string[] };
  if (dataset.name !== 'files') return { textColumns: ['text'], features };
  const { columns, text = 'text', features: beside = features } = dataset;
  return { textColumns: columns ? Object.values(columns) : [text], features: beside };
}

/** A text with its numbers in a list, or with none where none are needed. No cell of a row is a list. */
function isTextWithFeatures(
  question: Exclude<Question, string>,
  columns: readonly string[],
): question is TextWithFeatures {
  const { text, features } = question;
  if (typeof text !== 'string') return false;
  return Array.isArray(features) || (columns.length === 1 && Object.keys(question).length === 1);
}

/** One column of text may also go by the name `text`. */
function nameText(row: QuestionRow, textColumns: readonly string[]): QuestionRow {
  const [column] = textColumns;
  const text = ownValue(row, 'text');
  if (textColumns.length > 1 || text === undefined || ownValue(row, column) !== undefined) return row;
  return { ...row, [column]: text };
}

function lacking(
  missing: readonly string[],
  present: readonly string[],
  { columns, place }: { readonly columns: readonly string[]; readonly place: number },
): UserError {
  const names = missing.map((column) => `"${column}"`).join(', ');
  const found = present.length === 0 ? 'nothing' : present.map((column) => `"${column}"`).join(', ');
  const meant = nearest(missing[0], present);
  const example = columns.map((column) => `${JSON.stringify(column)}: ...`).join(', ');
  return new UserError(
    `Text ${place + 1} lacks the ${missing.length === 1 ? 'column' : 'columns'} ${names}; it has ${found}.`,
    `${meant === undefined ? '' : `Is "${meant}" what "${missing[0]}" should be? `}Give an object with all columns of the run: predict({ ${example} }).`,
  );
}
