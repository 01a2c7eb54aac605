import type { Row, RowProblem } from '../rows/row.js';

/** A place in a file: a row, or a row that cannot be read, with what is wrong with it. */
export interface FileEntry {
  /** Absent where it cannot be read. */
  readonly row?: Row;
  /** What is wrong: `line 7: has 3 fields where the header has 2.` */
  readonly problem?: string;
}

/**
 * Rows and problems of a file in one sequence, in the file's order, so that what cannot be read keeps its place.
 *
 * @param portions rows, as `RowFile` gives them
 * @param takeProblems gives what was reported since the last call
 */
export async function* fileEntries(
  portions: AsyncIterable<readonly Row[]>,
  takeProblems: () => readonly RowProblem[],
): AsyncGenerator<FileEntry[]> {
  const waiting: RowProblem[] = [];
  for await (const rows of portions) {
    waiting.push(...takeProblems());
    const last = rows[rows.length - 1];
    // Reading runs ahead of the rows: what lies behind the last of them is for later.
    const isHere = (problem: RowProblem) => problem.file !== last.file || problem.line <= last.line;
    const [here, later] = [waiting.filter(isHere), waiting.filter((problem) => !isHere(problem))];
    waiting.splice(0, waiting.length, ...later);
    yield merge(rows, here);
  }
  waiting.push(...takeProblems());
  const broken = waiting.filter(({ kept }) => !kept);
  if (broken.length > 0) yield broken.map((problem) => ({ problem: textOf(problem) }));
}

function merge(rows: readonly Row[], problems: readonly RowProblem[]): FileEntry[] {
  if (problems.length === 0) return rows.map((row) => ({ row }));
  const entries: FileEntry[] = [];
  let next = 0;
  const ordered = [...problems].sort((one, other) => (one.file === other.file ? one.line - other.line : 0));
  for (const [index, row] of rows.entries()) {
    const following = rows[index + 1];
    let problem: string | undefined;
    const before: FileEntry[] = [];
    const behind: FileEntry[] = [];
    for (; next < ordered.length; next++) {
      const candidate = ordered[next];
      const sameFile = candidate.file === row.file;
      if (sameFile && following?.file === row.file && candidate.line >= following.line) break;
      if (!sameFile && following?.file === candidate.file) break;
      if (candidate.kept) problem ??= candidate.line < row.line ? undefined : textOf(candidate);
      else if (candidate.line < row.line) before.push({ problem: textOf(candidate) });
      else behind.push({ problem: textOf(candidate) });
    }
    entries.push(...before, problem === undefined ? { row } : { row, problem }, ...behind);
  }
  return entries;
}

const textOf = ({ line, message }: RowProblem) => `line ${line}: ${message}`;
