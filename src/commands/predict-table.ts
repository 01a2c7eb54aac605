import type { RowCounts } from '../jobs/predict-file.js';
import { openPredictor } from './open-predictor.js';
import type { Table } from './open-table.js';
import type { PredictFlags } from './predict-options.js';

/** Problems that are told one by one; of more only the number. */
const mostProblems = 20;

/** Answers the rows of a table, and writes the table with its answers. */
export async function predictTable(table: Table, flags: PredictFlags): Promise<void> {
  const [{ predictFile }, { chooseTextColumns }, { rowReader }, { watchInterrupt }, { explainFileError }] =
    await Promise.all([
      import('../jobs/predict-file.js'),
      import('../prediction/text-columns.js'),
      import('../prediction/row-reader.js'),
      import('../terminal/interrupt.js'),
      import('../errors/system-error.js'),
    ]);
  const { file, layout, output } = table;
  const { run, predictor, notes } = await openPredictor(flags);
  const config = await run.readConfig();
  const { textColumns, reason } = await chooseTextColumns(file, config, { named: flags.textColumn });
  // What was wrong with the rows that a guess went by is told when they are read again.
  table.takeProblems();
  const { features } = config.dataset.name === 'files' ? config.dataset : {};
  const names = textColumns.map((name) => `"${name}"`).join(' and ');
  const why = reason === undefined ? '' : ` (${reason})`;
  const where = textColumns.length === 1 ? 'column' : 'columns';
  // Before anything is said: who reads that may stop it at once.
  const interrupt = watchInterrupt(() => notes.note('stopping'));
  notes.note(`${file.path}: ${file.format}, texts in ${where} ${names}${why}`);
  const told = problemTeller(notes.warn);
  const progress = await progressOf(table, flags);
  const started = performance.now();
  try {
    const counts = await predictFile(file, predictor, {
      ...{ layout, top: flags.top, minProbability: flags.minProbability },
      readRow: rowReader({ textColumns, features }),
      output: output ?? writeOut,
      signal: interrupt.signal,
      takeProblems: () => told.tell(table.takeProblems()),
      onProgress: progress.update,
      onColumns: ({ renamed }) => {
        for (const [taken, used] of renamed) {
          notes.note(`${file.path} has a column "${taken}" already: the answer's is called "${used}"`);
        }
      },
    });
    progress.stop();
    const { extent, lengthUnit } = predictor;
    await tellEnd(counts, { seconds: (performance.now() - started) / 1000, extent, lengthUnit });
  } catch (error) {
    progress.stop();
    if (error !== interrupt.signal.reason || !interrupt.signal.aborted) {
      throw output === undefined ? error : explainFileError(error, `write ${output}`);
    }
    notes.note(output === undefined ? 'stopped before the end' : `stopped: nothing was written to ${output}`);
  } finally {
    progress.stop();
    interrupt.release();
    told.end();
  }
  if (interrupt.exitCode !== undefined) process.exitCode = interrupt.exitCode;

  async function tellEnd(
    { rows, answered, broken, empty }: RowCounts,
    read: { seconds: number; extent: typeof predictor.extent; lengthUnit: string },
  ): Promise<void> {
    const { extentRecord, formatExtent } = await import('../formats/extent.js');
    const { countOf, formatRate } = await import('../formats/numbers.js');
    const { formatDuration } = await import('../formats/durations.js');
    const { seconds, extent } = read;
    const cut = formatExtent(extent, read.lengthUnit);
    if (cut) notes.note(cut);
    if (flags.json && output !== undefined) {
      const { printJson } = await import('../terminal/print.js');
      const figures = { rows, answered, broken, empty, seconds, rowsPerSecond: rows / seconds };
      return printJson({ run: run.name, ...figures, reading: extentRecord(extent), output });
    }
    const parts = [
      countOf(rows, 'row'),
      countOf(answered, 'answered', 'answered'),
      ...(broken > 0 ? [`${broken} broken`] : []),
      ...(empty > 0 ? [`${empty} without a text`] : []),
      `${formatDuration(seconds)}, ${formatRate(rows / seconds, 'rows')}`,
      ...(output === undefined ? [] : [output]),
    ];
    notes.note(parts.join(', '));
  }
}

/** Waits where the reader of standard output is slower. */
function writeOut(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()));
}

function problemTeller(warn: (text: string) => void) {
  let count = 0;
  return {
    tell(problems: ReturnType<Table['takeProblems']>) {
      for (const { file, line, message, hint } of problems) {
        count += 1;
        if (count <= mostProblems) warn(`${file}:${line}: ${message}${hint ? ` ${hint}` : ''}`);
      }
      return problems;
    },
    end() {
      if (count > mostProblems) warn(`... and ${count - mostProblems} more like these; see the column note`);
    },
  };
}

/** A bar whose end is judged by the number of lines. */
async function progressOf({ file, output }: Table, { quiet }: PredictFlags) {
  const [{ Progress }, { estimateLines }] = await Promise.all([
    import('../terminal/progress.js'),
    import('../rows/estimate-lines.js'),
  ]);
  const hidden = quiet || (output === undefined && process.stdout.isTTY);
  const lines = await estimateLines(file);
  const bar = new Progress('answering', { unit: 'rows', quiet: hidden });
  return {
    update({ rows, line }: RowCounts) {
      if (lines !== undefined && line > 0) bar.setTotal(Math.max(rows, Math.round((rows * lines) / line)));
      bar.update(rows);
    },
    stop: () => bar.stop(),
  };
}
