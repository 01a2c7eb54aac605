import type { Command } from 'commander';
import { backendOption, positiveInteger, threadsOption, verboseOption } from './compute-options.js';
import { encodingOption, formatOption, type PredictFlags, probability } from './predict-options.js';
import { runsFolderOption } from './runs-folder-option.js';
import { trustOption } from './trust-option.js';

/** `imdb-rnn predict`: labels texts with a trained model. */
export function registerPredict(program: Command): void {
  program
    .command('predict')
    .description('classify texts, or the rows of a file')
    .argument('[text...]', 'texts, or - for the lines of a pipe')
    .option('--file <file>', 'classify the rows of a table, or each line of a text file')
    .option('--output <file>', 'write the table with its answers there (.csv, .tsv or .jsonl)')
    .option('--text-column <name>', 'the column that holds the texts (default: the one that is called so)')
    .addOption(formatOption())
    .addOption(encodingOption())
    .option('--top <k>', 'tell the k most probable labels', positiveInteger)
    .option('--min-probability <p>', 'leave the label out where it is less probable', probability)
    .option('--batch-size <n>', 'texts computed at once; changes the speed only', positiveInteger, 64)
    .option('--run <run>', 'name or path of the run (default: the newest finished one)')
    .addOption(runsFolderOption())
    .addOption(trustOption())
    .addOption(backendOption())
    .addOption(threadsOption())
    .addOption(verboseOption())
    .option('--json', 'print one line of JSON for each text; with --output a summary', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
A line of a pipe is answered as soon as it has come. An empty text, or one without a known word, is answered with a note.
A table (CSV, TSV, JSONL, JSON, Parquet, fastText; also as .gz) keeps its columns and rows, and gets columns for the
answers: label, probability, and the probability of each label. It is written whole or not at all.

Examples:
  $ imdb-rnn predict "What a wonderful film" "Two hours of my life, gone."
  $ imdb-rnn predict --json "What a wonderful film"
  $ cat reviews.txt | imdb-rnn predict -
  $ imdb-rnn predict --file reviews.csv --output labelled.csv
  $ imdb-rnn predict --file posts.jsonl --text-column body --min-probability 0.8 > labelled.jsonl
  $ imdb-rnn predict --file reviews.txt --run gru2-2025-01-31-1 --json > labels.jsonl
  $ imdb-rnn predict -- "-1 of 10 points"`,
    )
    .action(predict);
}

async function predict(texts: readonly string[], flags: PredictFlags, command: Command): Promise<void> {
  if ((texts.length === 0) === (flags.file === undefined)) {
    const fault = flags.file === undefined ? 'nothing to classify' : 'both texts and --file are given';
    command.error(`error: ${fault}: name texts, or - for a pipe, or --file FILE`, { exitCode: 2 });
  }
  if (flags.file === undefined) {
    const ofFiles = { '--output': flags.output, '--text-column': flags.textColumn, '--format': flags.format };
    const given = Object.entries(ofFiles).find(([, value]) => value !== undefined);
    if (given) command.error(`error: ${given[0]} goes with --file`, { exitCode: 2 });
  } else {
    const { openTable } = await import('./open-table.js');
    const table = await openTable(flags.file, flags);
    if (table) return (await import('./predict-table.js')).predictTable(table, flags);
  }
  return (await import('./predict-lines.js')).predictLines(texts, flags);
}
