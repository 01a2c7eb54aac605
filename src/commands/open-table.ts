import { stat } from 'node:fs/promises';
import { UserError } from '../errors/user-error.js';
import { openRowFile } from '../rows/open-row-file.js';
import type { RowFile, RowProblem } from '../rows/row.js';
import type { PredictFlags } from './predict-options.js';

/** A file that is answered as a table, and where its answers go. */
export interface Table {
  readonly file: RowFile;
  readonly layout: { readonly format: 'csv' | 'tsv' | 'jsonl'; readonly delimiter?: string };
  /** Undefined: standard output. */
  readonly output?: string;
  /** What was reported of the file since the last call. */
  readonly takeProblems: () => RowProblem[];
}

const tableEnding = /\.(csv|tsv|tab|jsonl|ndjson|json|parquet|pq|ft|fasttext)(\.gz|\.gzip|\.zst|\.zstd)?$/i;
/** Lines of a gzip file are answered as they come, as those of a pipe are. */
const packedEnding = /\.(zst|zstd)$/i;

/**
 * Opens a file as a table; `undefined` for one whose lines are texts to be answered as they come: any other than a table by
 * its ending, unless a format or an output is named.
 *
 * @throws UserError where the file cannot be read as what it is, or the output has an ending that names no format
 */
export async function openTable(path: string, flags: PredictFlags): Promise<Table | undefined> {
  const output = flags.output === '-' ? undefined : flags.output;
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory();
  const isTable =
    tableEnding.test(path) || (flags.format !== undefined && flags.format !== 'txt') || isFolder;
  const isPacked = packedEnding.test(path);
  if (!isTable && output === undefined && !isPacked) return undefined;
  if (path === '-') {
    throw new UserError(
      'A table cannot be read from standard input: tables are read more than once.',
      'Write it into a file first, and name that with --file.',
    );
  }
  const problems: RowProblem[] = [];
  const file = await openRowFile(path, {
    format: flags.format ?? (isTable ? undefined : 'txt'),
    encoding: flags.encoding,
    onProblem: (problem) => problems.push(problem),
  });
  return {
    file,
    output,
    layout: layoutOf(file, { output, json: flags.json }),
    takeProblems: () => problems.splice(0),
  };
}

function layoutOf(
  { format, delimiter }: RowFile,
  { output, json }: { output: string | undefined; json: boolean },
): Table['layout'] {
  const own = format === 'csv' || format === 'tsv' ? { format, delimiter } : { format: 'jsonl' as const };
  if (output === undefined) return json ? { format: 'jsonl' } : own;
  const ending = /\.([^./\\]*)$/.exec(output)?.[1].toLowerCase();
  if (ending === undefined) return own;
  if (ending === 'tsv' || ending === 'tab') return { format: 'tsv' };
  if (ending === 'jsonl' || ending === 'ndjson') return { format: 'jsonl' };
  if (ending === 'csv') return format === 'csv' ? { format, delimiter } : { format: 'csv' };
  throw new UserError(
    `${output}: the ending ".${ending}" names no format that is written.`,
    'Use .csv, .tsv or .jsonl.',
  );
}
