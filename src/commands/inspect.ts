import type { Command } from 'commander';
import type { DatasetConfig } from '../config/schema.js';
import type { RowProblem } from '../rows/row.js';
import { setOption } from './set-option.js';

interface InspectFlags {
  readonly config?: string;
  readonly set: readonly string[];
  readonly textColumn?: string;
  readonly labelColumn?: string;
  readonly dataDir: string;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `imdb-rnn inspect`: says what data holds before anything is learnt from it. */
export function registerInspect(program: Command): void {
  program
    .command('inspect')
    .description('look at data: labels, lengths, repeated and damaged texts, writing, telling words')
    .argument('[data...]', 'files, patterns or folders: CSV, TSV, JSONL, JSON, Parquet, text')
    .option('--config <file or name>', 'the training examples of a config instead')
    .addOption(setOption())
    .option('--text-column <name>', 'the column of the texts (default: guessed)')
    .option('--label-column <name>', 'the column of the labels (default: guessed)')
    .option('--data-dir <folder>', 'where downloaded data is', 'data')
    .option('--json', 'print the result as JSON', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
Repeated texts are those that came before, white space apart; contradictory ones came with another label. The most telling
words of a label are those with the largest log-odds against all other labels, in standard errors (z; Monroe et al. 2008).

Examples:
  $ imdb-rnn inspect reviews.csv
  $ imdb-rnn inspect 'data/*.jsonl' --text-column body --label-column stars
  $ imdb-rnn inspect --config gru2
  $ imdb-rnn inspect reviews.csv --json | jq .contradictions`,
    )
    .action((data: readonly string[], flags: InspectFlags, command: Command) => {
      if (data.length > 0 === (flags.config !== undefined)) {
        command.error('error: give either data or --config');
      }
      return inspect(data, flags);
    });
}

/** Problems in rows that are told one by one. */
const problemsTold = 3;

async function inspect(data: readonly string[], flags: InspectFlags): Promise<void> {
  const [{ createNotes }, { openData }, { inspectRows }, output] = await Promise.all([
    import('../terminal/notes.js'),
    import('../inspection/open-data.js'),
    import('../inspection/inspect-rows.js'),
    import('../terminal/print.js'),
  ]);
  const notes = createNotes(flags);
  const problems: RowProblem[] = [];
  let problemCount = 0;
  const onProblem = (problem: RowProblem) => {
    problemCount += 1;
    if (problems.length < problemsTold) problems.push(problem);
  };
  const { dataDir, json } = flags;
  const opened = await openData(await datasetOf(data, flags), { dataDir, onProblem });
  for (const note of opened.notes) notes.note(note);
  const inspection = await inspectRows(opened.portions(), opened.options);
  for (const { file, line, message } of problems) notes.warn(`${file}:${line} ${message}`);
  if (problemCount > problems.length) notes.warn(`and ${problemCount - problems.length} more such problems`);
  const facts = { data: opened.files, problems: { count: problemCount, first: problems } };
  if (json) return output.printJson({ ...facts, ...inspection });
  const { formatInspection } = await import('./format-inspection.js');
  output.print(formatInspection(inspection, { title: opened.title }));
}

async function datasetOf(data: readonly string[], flags: InspectFlags): Promise<DatasetConfig> {
  const { textColumn: text, labelColumn: label } = flags;
  const columns = { ...(text !== undefined && { text }), ...(label !== undefined && { label }) };
  if (flags.config === undefined) {
    const { settingsForFiles } = await import('../inspection/open-data.js');
    return settingsForFiles(data, columns);
  }
  const { loadConfig } = await import('../config/load-config.js');
  const { dataset } = (await loadConfig(flags.config, flags.set)).config;
  return dataset.name === 'files' ? { ...dataset, ...columns } : dataset;
}
