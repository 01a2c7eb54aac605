import { setImmediate } from 'node:timers/promises';
import { UserError } from '../errors/user-error.js';
import { openAtomically } from '../files/open-atomically.js';
import { type AnswerColumns, columnsOfAnswers, nameAnswerColumns } from '../prediction/answer-columns.js';
import { type AnsweredRows, answerFile } from '../prediction/answer-file.js';
import type { AnswerOptions } from '../prediction/prediction.js';
import type { Predictor } from '../prediction/predictor.js';
import type { ReadRow } from '../prediction/row-reader.js';
import { addColumn } from '../rows/add-column.js';
import type { RowFile, RowProblem } from '../rows/row.js';
import { type RowLayout, writeRows } from '../rows/write-rows.js';

export interface PredictFileOptions extends AnswerOptions {
  /** Takes the text, and what stands beside it, out of a row; see `rowReader`. */
  readonly readRow: ReadRow;
  /** How the answers are written. */
  readonly layout: Pick<RowLayout, 'format' | 'delimiter'>;
  /** The file to write, whole or not at all; or where the answers go as they come, each call being whole rows. */
  readonly output: string | ((text: string) => Promise<void>);
  /** Gives what was reported of the file since the last call. */
  readonly takeProblems: () => readonly RowProblem[];
  readonly onColumns?: (columns: AnswerColumns) => void;
  readonly onProgress?: (counts: RowCounts) => void;
  readonly signal?: AbortSignal;
}

export interface RowCounts {
  readonly rows: number;
  readonly answered: number;
  /** Rows that cannot be read, or lack what the model needs beside the text. */
  readonly broken: number;
  /** Rows without a text. */
  readonly empty: number;
  /** Where the last row begins in the file. */
  readonly line: number;
}

/**
 * Answers every row of a file, of any size, and writes them with all their columns and in their order. A file has a column
 * `note` only where a row has one; what is written as it comes has it always, unless the format is jsonl.
 *
 * @throws UserError where the file cannot be read further; `signal`'s reason where that is aborted
 */
export async function predictFile(
  file: RowFile,
  predictor: Predictor,
  options: PredictFileOptions,
): Promise<RowCounts> {
  const { labels, name } = predictor.task;
  const columns = nameAnswerColumns(file.columns, {
    labels,
    several: name !== 'classification',
    foreignness: predictor.knowsUnknown,
    top: options.top !== undefined,
  });
  options.onColumns?.(columns);
  const { output } = options;
  if (typeof output !== 'string') return write(output, { withNotes: true, columns });

  const written = await openAtomically(output);
  try {
    const counts = await write((text) => written.write(text), { withNotes: false, columns });
    const { delimiter = options.layout.format === 'tsv' ? '\t' : ',' } = options.layout;
    const { rowsBeforeNote } = counts;
    const isLate = options.layout.format !== 'jsonl' && rowsBeforeNote !== undefined;
    await written.commit(
      isLate
        ? (content) => addColumn(content, columns.note, { delimiter, records: rowsBeforeNote })
        : undefined,
    );
    return counts;
  } finally {
    await written.discard();
  }

  async function write(
    put: (text: string) => Promise<void>,
    { withNotes, columns }: { withNotes: boolean; columns: AnswerColumns },
  ): Promise<RowCounts & { readonly rowsBeforeNote: number | undefined }> {
    const table = tableWriter({ layout: options.layout, file }, columns);
    let counts: RowCounts = { rows: 0, answered: 0, broken: 0, empty: 0, line: 0 };
    let rowsBeforeNote: number | undefined;
    await put(await table.header({ note: withNotes }));
    for await (const part of answerFile(file, predictor, { ...options, columns })) {
      options.signal?.throwIfAborted();
      const first = part.rows.findIndex((row) => columns.note in row);
      const split = withNotes || rowsBeforeNote !== undefined ? 0 : first < 0 ? part.rows.length : first;
      if (split > 0) await put(await table.rows(part.rows.slice(0, split), { note: false }));
      if (split < part.rows.length) {
        if (!withNotes) rowsBeforeNote ??= counts.rows + split;
        await put(await table.rows(part.rows.slice(split), { note: true }));
      }
      counts = added(counts, part);
      options.onProgress?.(counts);
      // Lets a signal be heard.
      await setImmediate();
      options.signal?.throwIfAborted();
    }
    return { ...counts, rowsBeforeNote };
  }
}

function added(counts: RowCounts, { rows, answered, broken, empty, line }: AnsweredRows): RowCounts {
  return {
    rows: counts.rows + rows.length,
    answered: counts.answered + answered,
    broken: counts.broken + broken,
    empty: counts.empty + empty,
    line,
  };
}

type Rows = AnsweredRows['rows'];

function tableWriter(
  { layout, file }: { layout: PredictFileOptions['layout']; file: RowFile },
  columns: AnswerColumns,
) {
  const isJson = layout.format === 'jsonl';
  const answers = columnsOfAnswers(columns);
  const known = new Set([...file.columns, ...answers, columns.note]);
  const all = (has: { note: boolean }, later: readonly string[] = []) => [
    ...file.columns,
    ...later,
    ...answers,
    ...(has.note ? [columns.note] : []),
  ];
  const written = async (rows: Rows, names: readonly string[], header: boolean) => {
    const pieces: string[] = [];
    for await (const piece of writeRows([rows], { ...layout, columns: names, header })) pieces.push(piece);
    return pieces.join('');
  };
  return {
    header: async (has: { note: boolean }) => (isJson ? '' : written([], all(has), true)),
    rows(rows: Rows, has: { note: boolean }): Promise<string> {
      const later = new Set(rows.flatMap((row) => Object.keys(row).filter((name) => !known.has(name))));
      if (later.size > 0 && !isJson) {
        throw new UserError(
          `${file.path}: a row has "${[...later][0]}", which the first rows have not: it has no column in ${layout.format}.`,
          'Write .jsonl.',
        );
      }
      return written(rows, all({ note: isJson || has.note }, [...later]), false);
    },
  };
}
