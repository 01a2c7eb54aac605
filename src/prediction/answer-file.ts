import type { RowFile, RowProblem } from '../rows/row.js';
import { type AnswerColumns, answerValues } from './answer-columns.js';
import { type FileEntry, fileEntries } from './file-entries.js';
import type { RecordOptions } from './prediction-record.js';
import type { Predictor } from './predictor.js';

/** Rows that are sorted by length and computed before the first of them is given: enough that batches are of one length. */
const rowsPerWindow = 4096;

export interface AnsweredRows {
  /** In the file's order: a row's own values and those of its answer. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly answered: number;
  /** Rows that cannot be read. */
  readonly broken: number;
  /** Rows without a text. */
  readonly empty: number;
  /** Where the last row begins in the file. */
  readonly line: number;
}

export interface AnswerFileOptions extends RecordOptions {
  readonly textColumn: string;
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
  const { textColumn, columns, takeProblems, top, minProbability } = options;
  const { labels } = predictor.task;
  for await (const entries of ahead(windows(fileEntries(file.portions(), takeProblems)))) {
    const texts = entries.map(({ row }) => textOf(row?.values[textColumn]));
    const places = texts.flatMap((text, index) => (text.trim() === '' ? [] : [index]));
    const predictions = await predictor.predict(places.map((place) => texts[place]));
    const ofRow = new Map(places.map((place, index) => [place, predictions[index]]));
    const rows = entries.map((entry, index) => ({
      ...entry.row?.values,
      ...answerValues(entry, ofRow.get(index), columns, { labels, top, minProbability }),
    }));
    const line = entries.findLast(({ row }) => row !== undefined)?.row?.line ?? 0;
    const broken = entries.filter(({ row }) => row === undefined).length;
    yield { rows, answered: places.length, broken, empty: entries.length - broken - places.length, line };
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
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
