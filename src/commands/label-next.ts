import { type Command, InvalidArgumentError, Option } from 'commander';
import type { BackendName } from '../backends/backend-names.js';
import type { NextToLabel } from '../curation/choose-next.js';
import type { LabellingSheet } from '../curation/labelling-sheet.js';
import { type NextStrategy, nextStrategies } from '../curation/next-strategy.js';
import { UserError } from '../errors/user-error.js';
import { type RowFormat, rowFormats } from '../rows/row.js';
import type { Notes } from '../terminal/notes.js';
import { backendOption, positiveInteger, threadsOption, verboseOption } from './compute-options.js';
import { interruptible } from './interruptible.js';
import { programName } from './program-name.js';
import { runsFolderOption } from './runs-folder-option.js';
import type { SheetColumns } from './sheet-columns.js';
import { trustOption } from './trust-option.js';

interface LabelNextFlags {
  readonly run?: string;
  readonly data: string;
  readonly count: number;
  readonly strategy: NextStrategy;
  readonly output?: string;
  readonly format?: RowFormat;
  readonly textColumn?: string;
  readonly labelColumn?: string;
  readonly candidates: number;
  readonly seed: number;
  readonly modelsDir: string;
  readonly trust?: boolean;
  readonly backend: BackendName;
  readonly verbose?: boolean;
  readonly threads?: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Texts computed at once. */
const batchSize = 256;

/** `imdb-rnn label-next`: chooses what to label next. */
export function registerLabelNext(program: Command): void {
  program
    .command('label-next')
    .description('choose which texts without a label are most worth labelling')
    .requiredOption('--data <file>', 'texts: CSV, TSV, JSONL, JSON, Parquet, plain text or a folder')
    .option('--run <run>', 'name or path of the run (default: the newest finished one)')
    .option('--count <n>', 'texts to choose', positiveInteger, 100)
    .addOption(
      new Option('--strategy <name>', 'what is most worth labelling')
        .choices(nextStrategies)
        .default('margin'),
    )
    .option('--output <file>', 'write them to a file: .csv, .tsv or .jsonl (default: print CSV)')
    .addOption(new Option('--format <name>', 'format of the data (default: found out)').choices(rowFormats))
    .option('--text-column <name>', "the column of the texts (default: the run's, else guessed)")
    .option('--label-column <name>', "the column of the labels (default: the run's, else label)")
    .option('--candidates <n>', 'texts that coreSet and mixed hold in memory', positiveInteger, 20_000)
    .option('--seed <n>', 'fixes which texts coreSet takes as candidates', wholeNumber, 1)
    .addOption(runsFolderOption())
    .addOption(trustOption())
    .addOption(backendOption())
    .addOption(threadsOption())
    .addOption(verboseOption())
    .option('--json', 'print one line of JSON for each text', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
margin, entropy, leastConfidence: the texts of which the model is least sure. coreSet: texts that cover a random part of the
data (Sener & Savarese 2018). mixed: texts that cover those of which the model is least sure.
The columns stay as they are, the label's column is empty, and rank, predicted and probability are added: fill the labels
in and train on the file. Rows with a label, and texts that come again, are passed over.

Examples:
  $ imdb-rnn label-next --data unlabelled.csv --count 100 --output next.csv
  $ imdb-rnn label-next --data texts.txt --strategy mixed --output next.jsonl
  $ imdb-rnn label-next --data mails.parquet --text-column body --label-column folder --output next.csv`,
    )
    .action(labelNext);
}

async function labelNext(flags: LabelNextFlags): Promise<void> {
  const [{ createNotes }, { findRunByFlags }, { startBackend }, { sheetFormat }, columns, rows] =
    await Promise.all([
      import('../terminal/notes.js'),
      import('./find-run-by-flags.js'),
      import('./start-backend.js'),
      import('./sheet-file.js'),
      import('./sheet-columns.js'),
      import('../rows/open-row-file.js'),
    ]);
  if (flags.output !== undefined) sheetFormat(flags.output);
  const notes = createNotes(flags);
  const run = await findRunByFlags(flags, notes);
  // The rows that a guess goes by are read again.
  let isGuessing = true;
  const file = await rows.openRowFile(flags.data, {
    format: flags.format,
    onProblem: ({ file, line, message }) => isGuessing || notes.warn(`${file}:${line}: ${message}`),
  });
  const chosen = await columns.chooseColumns(file, await run.readConfig(), flags);
  isGuessing = false;
  const { textColumns, labelColumn, reason } = chosen;
  const backend = await startBackend(flags, notes);
  const names = textColumns.map((name) => `"${name}"`).join(' and ');
  const why = reason === undefined ? '' : ` (${reason})`;
  notes.note(`run ${run.name}, texts in ${names}${why}, backend ${backend.name} (${backend.reason})`);
  const onFirst = () => notes.note('stopping; press Ctrl-C again to stop at once');
  await interruptible(choose, { onFirst });

  async function choose(signal: AbortSignal): Promise<void> {
    const [{ chooseNext }, { Progress }, { labellingSheet }] = await Promise.all([
      import('../curation/choose-next.js'),
      import('../terminal/progress.js'),
      import('../curation/labelling-sheet.js'),
    ]);
    const progress = new Progress('reading', { unit: 'rows', quiet: flags.quiet });
    const found = await chooseNext(run, file.portions(), {
      ...{ ...flags, textColumns, labelColumn, batchSize, signal },
      onProgress: (done) => progress.update(done),
    }).finally(() => progress.stop());
    if (!found) return notes.note('stopped; nothing was written');
    const sheet = labellingSheet(found.chosen, { columns: file.columns, labelColumn });
    await report(found, sheet, { flags, notes, columns: chosen });
  }
}

async function report(
  found: NextToLabel,
  sheet: LabellingSheet,
  { flags, notes, columns }: { flags: LabelNextFlags; notes: Notes; columns: SheetColumns },
): Promise<void> {
  const { textColumns: texts, labelColumn: label } = columns;
  const [{ countOf, formatCount }, { sheetText, writeSheet }, { print, printJson }] = await Promise.all([
    import('../formats/numbers.js'),
    import('./sheet-file.js'),
    import('../terminal/print.js'),
  ]);
  const { chosen, rows, labelled, empty, candidates } = found;
  const passed = [
    ...(labelled > 0 ? [`${formatCount(labelled)} with a label`] : []),
    ...(empty > 0 ? [`${formatCount(empty)} without a text`] : []),
  ];
  notes.note(`${countOf(rows, 'row')}${passed.length > 0 ? `, passed over: ${passed.join(', ')}` : ''}`);
  if (chosen.length === 0) {
    throw new UserError(
      `${flags.data} has no text to label.`,
      `A text has none yet where its column "${label}" is empty; --label-column names another.`,
    );
  }
  if (candidates !== undefined) {
    const kind = flags.strategy === 'mixed' ? 'of which the model is least sure' : 'at random';
    notes.note(`spread over ${countOf(candidates, 'text')} ${kind}; --candidates sets how many at most`);
  }
  if (flags.output !== undefined) await writeSheet(flags.output, sheet);
  if (flags.json) {
    for (const row of sheet.rows) printJson(row);
  } else if (flags.output === undefined) {
    print((await sheetText(sheet.rows, { format: 'csv', columns: sheet.columns })).trimEnd());
  } else {
    // Named, since the column of what the model says may look like labels as well.
    const named = [...(texts.length === 1 ? ['--text-column', texts[0]] : []), '--label-column', label];
    print(
      `${flags.output}: ${countOf(chosen.length, 'text')} to label, the most valuable first\nFill in "${label}", then: ${programName()} train --config NAME --data ${flags.output} ${named.map((word) => (/\s/.test(word) ? JSON.stringify(word) : word)).join(' ')}`,
    );
  }
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError('Expected a whole number, 0 or more.');
}
