import type { RowFile, RowProblem } from '../rows/row.js';
import { type AnswerColumns, answerValues } from './answer-columns.js';
import { type FileEntry, fileEntries } from './file-entries.js';
import type { AnswerOptions } from './prediction.js';
import type { Predictor } from './predictor.js';
import type { TextWithFeatures } from './question.js';
import type { ReadRow } from './row-reader.js';

/** Rows that are sorted by length and computed before the first of them is given: enough that batches are of one length. */
const rowsPerWindow = 4096;

export interface AnsweredRows {
  /** In the file's order: a row's own values and those of its answer. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly answered: number;
  /** Rows that cannot be read, or lack what the model needs beside the text. */
  readonly broken: number;
  /** Rows without a text. */
  readonly empty: number;
  /** Where the last row begins in the file. */
  readonly line: number;
}

export interface AnswerFileOptions extends AnswerOptions {
  /** Takes the text, and what stands beside it, out of a row. */
  readonly readRow: ReadRow;
  readonly columns: AnswerColumns;
  /** Gives what was reported of the file since the last call. */
  readonly takeProblems: () => readonly RowProblem[];
}

/**
 * Answers the texts of a file's rows, some thousands at a time, in the file's order; while some are computed the next are
 * read.
 *
 * @throws UserError where the file cannot be read further
 */
export async function* answerFile(
  file: RowFile,
  predictor: Predictor,
  options: AnswerFileOptions,
): AsyncGenerator<AnsweredRows> {
  const { readRow, columns, takeProblems, top, minProbability } = options;
  const { labels } = predictor;
  for await (const entries of ahead(windows(fileEntries(file.portions(), takeProblems)))) {
    const questions = entries.map(({ row }) => (row === undefined ? { text: '' } : readRow(row)));
    const places: number[] = [];
    const asked: (string | TextWithFeatures)[] = [];
    questions.forEach((question, place) => {
      if (typeof question === 'string' || question.text.trim() === '') return;
      places.push(place);
      // A text of several columns is joined already.
      asked.push(question.features ? question : question.text);
    });
    const predictions = await predictor.predict(asked, { top, minProbability });
    const ofRow = new Map(places.map((place, index) => [place, predictions[index]]));
    const rows = entries.map((entry, place) => ({
      ...entry.row?.values,
      ...answerValues(withProblem(entry, questions[place]), ofRow.get(place), columns, labels),
    }));
    const line = entries.findLast(({ row }) => row !== undefined)?.row?.line ?? 0;
    const broken = entries.filter(({ row }, place) => row === undefined || isString(questions[place])).length;
    yield { rows, answered: places.length, broken, empty: entries.length - broken - places.length, line };
  }
}

const isString = (value: unknown) => typeof value === 'string';

/** A row that lacks what the model needs has that as its problem. */
function withProblem(entry: FileEntry, question: TextWithFeatures | string): FileEntry {
  return typeof question !== 'string' ? entry : { ...entry, problem: `line ${entry.row?.line}: ${question}` };
}

/** Joins portions until there are enough. */
async function* windows(portions: AsyncIterable<FileEntry[]>): AsyncGenerator<FileEntry[]> {
  let window: FileEntry[] = [];
  for await (const entries of portions) {
    for (const entry of entries) window.push(entry);
    if (window.length < rowsPerWindow) continue;
    yield window;
    window = [];
  }
  if (window.length > 0) yield window;
}

/** The same items; the next one is asked for before the one at hand is given. */
async function* ahead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  const ask = () => {
    const item = items.next();
    // Its failure is thrown when its turn comes.
    item.catch(() => {});
    return item;
  };
  let next = ask();
  try {
    for (let item = await next; !item.done; item = await next) {
      next = ask();
      yield item.value;
    }
  } finally {
    await next.catch(() => {});
    await items.return(undefined);
  }
}
