import type { Command } from 'commander';
import type { BackendName } from '../backends/backend-names.js';
import type { Prediction } from '../prediction/predictor.js';
import { backendOption, threadsOption, verboseOption } from './compute-options.js';

interface PredictFlags {
  readonly file?: string;
  readonly run?: string;
  readonly modelsDir: string;
  readonly backend: BackendName;
  readonly verbose?: boolean;
  readonly threads?: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** Texts of a pipe or file that are computed at once, when so many are there already. */
const mostTextsAtOnce = 256;

/** `imdb-rnn predict`: labels texts with a trained model. */
export function registerPredict(program: Command): void {
  program
    .command('predict')
    .description('classify texts')
    .argument('[text...]', 'texts, or - for the lines of a pipe')
    .option('--file <file>', 'classify each line of a file')
    .option('--run <run>', 'name or path of the run (default: the newest)')
    .option('--models-dir <folder>', 'where the runs are', 'models')
    .addOption(backendOption())
    .addOption(threadsOption())
    .addOption(verboseOption())
    .option('--json', 'print one line of JSON for each text', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
A line of a pipe is answered as soon as it has come. An empty text, or one without a known word, is answered with a note.

Examples:
  $ imdb-rnn predict "What a wonderful film" "Two hours of my life, gone."
  $ imdb-rnn predict --json "What a wonderful film"
  $ cat reviews.txt | imdb-rnn predict -
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
  const [
    { createNotes },
    { findRun },
    { useBackend },
    { Predictor, predictionRecord },
    { readyBatches },
    output,
  ] = await Promise.all([
    import('../terminal/notes.js'),
    import('../runs/find-run.js'),
    import('../backends/use-backend.js'),
    import('../prediction/predictor.js'),
    import('../prediction/ready-batches.js'),
    import('../terminal/print.js'),
  ]);
  const notes = createNotes(flags);
  const lines = await openTexts(texts, flags.file);
  const run = await findRun(flags.modelsDir, flags.run, { onNote: (note) => notes.note(note) });
  const backend = await useBackend(flags.backend, { threads: flags.threads, verbose: flags.verbose });
  const predictor = await Predictor.open(run);
  notes.note(`run ${run.name}, backend ${backend.name} (${backend.reason})`);
  const format = flags.json
    ? (prediction: Prediction) => JSON.stringify(predictionRecord(prediction))
    : await lineFormat(predictor.task.labels);
  for await (const batch of readyBatches(lines, { size: mostTextsAtOnce })) {
    for (const prediction of await predictor.predict(batch)) output.print(format(prediction));
  }
}

/** The texts as they come. A file that cannot be read is an error now, before the model is loaded. */
async function openTexts(texts: readonly string[], file: string | undefined): Promise<AsyncIterable<string>> {
  const [{ openInput }, { readLines }] = await Promise.all([
    import('../terminal/open-input.js'),
    import('../terminal/read-lines.js'),
  ]);
  if (file !== undefined) return readLines(await openInput(file));
  return (async function* () {
    for (const text of texts) {
      if (text === '-') yield* readLines(await openInput('-'));
      else yield text;
    }
  })();
}

/** How an answer is shown to a person: `positive  97.3 %  ━━━━━━━━━━  What a wonderful film`, on one line of the terminal. */
async function lineFormat(labels: readonly string[]): Promise<(prediction: Prediction) => string> {
  const [{ colorsFor }, { columnsOf, cropToWidth, displayWidth, toOneLine }, { formatPercent }] =
    await Promise.all([
      import('../terminal/colors.js'),
      import('../terminal/display-width.js'),
      import('../formats/numbers.js'),
    ]);
  const colors = colorsFor(process.stdout);
  const labelWidth = Math.max(...labels.map(displayWidth));
  return ({ summary, probability, note, text }) => {
    const name = summary + ' '.repeat(Math.max(0, labelWidth - displayWidth(summary)));
    const full = Math.round(probability * barWidth);
    const said = note === undefined ? '' : `(${note})  `;
    const percent = formatPercent(probability).padStart('100.0 %'.length);
    const taken = displayWidth(name) + percent.length + barWidth + displayWidth(said) + 3 * 2;
    const rest = cropToWidth(toOneLine(text), columnsOf(process.stdout) - taken);
    const bar = colors.cyan('━'.repeat(full)) + colors.dim('╌'.repeat(barWidth - full));
    return `${colors.bold(name)}  ${percent}  ${bar}  ${colors.yellow(said)}${rest}`.trimEnd();
  };
}

/** Columns of the bar that shows the probability. */
const barWidth = 10;
