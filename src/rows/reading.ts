import { UserError } from '../errors/user-error.js';
import { type ProblemReporter, problemReporter } from './report-problem.js';
import type { Row, RowFile, RowFileOptions } from './row.js';

/** How a format's rows are read: the same each time. */
export interface Reading {
  /** Reads from the beginning; `columns` is called before the first row where the file itself names its columns. */
  readonly read: (
    problems: ProblemReporter,
    columns: (columns: readonly string[]) => void,
  ) => AsyncIterable<readonly Row[]>;
  /** What is said of a file without any row, such as "holds a header and no rows". */
  readonly withoutRows: string;
}

/**
 * A row file of a known format. Its columns are those that the file names, else those of its first portion of rows.
 *
 * @throws UserError where not even the first rows can be reached
 */
export async function rowFileOf(
  known: Omit<RowFile, 'columns' | 'portions'>,
  reading: Reading,
  options: Pick<RowFileOptions, 'onProblem' | 'strict'>,
): Promise<RowFile> {
  return {
    ...known,
    columns: await columnsOf(reading),
    async *portions() {
      const problems = problemReporter(options);
      let rows = 0;
      for await (const portion of reading.read(problems, () => {})) {
        rows += portion.length;
        yield portion;
      }
      if (rows > 0) return;
      const first = problems.first();
      throw first === undefined
        ? new UserError(`${known.path} ${reading.withoutRows}.`, 'Is it the right file?')
        : new UserError(`${known.path} has no row that can be read. The first problem: ${first}`);
    },
  };
}

async function columnsOf(reading: Reading): Promise<readonly string[]> {
  let named: readonly string[] | undefined;
  // What is wrong with rows is said when they are read.
  const silent = problemReporter({ onProblem: () => {} });
  const found = new Set<string>();
  for await (const rows of reading.read(silent, (columns) => {
    named = columns;
  })) {
    for (const { values } of rows) for (const name of Object.keys(values)) found.add(name);
    break;
  }
  return named ?? [...found];
}
