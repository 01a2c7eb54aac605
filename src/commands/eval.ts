import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { BackendName } from '../backends/backend-names.js';
import type { TestFiles } from '../datasets/files/open-test-files.js';
import type { TimedEvaluation } from '../evaluation/evaluate.js';
import type { FigureTable } from '../tasks/figure.js';
import { cacheSizeOption } from './cache-size-option.js';
import { backendOption, positiveInteger, threadsOption, verboseOption } from './compute-options.js';

interface EvalFlags {
  readonly run?: string;
  readonly split: 'test' | 'validation' | 'train';
  readonly data?: readonly string[];
  readonly textColumn?: string;
  readonly labelColumn?: string;
  readonly ignoreUnknownLabels?: boolean;
  readonly strict?: boolean;
  readonly modelsDir: string;
  readonly dataDir: string;
  readonly backend: BackendName;
  readonly verbose?: boolean;
  readonly threads?: number;
  readonly cacheSize?: number;
  readonly batchSize: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `imdb-rnn eval`: measures a trained model on labelled examples. */
export function registerEval(program: Command): void {
  program
    .command('eval')
    .description('measure a trained model on the test examples')
    .option('--run <run>', 'name or path of the run (default: the newest)')
    .addOption(
      new Option('--split <split>', 'examples to measure on')
        .choices(['test', 'validation', 'train'])
        .default('test'),
    )
    .option('--data <file...>', 'measure on files of your own, read as the run has read its own')
    .option('--text-column <name>', "their column of texts (default: the run's)")
    .option('--label-column <name>', "their column of labels (default: the run's)")
    .option('--ignore-unknown-labels', 'leave rows out whose label the run does not know')
    .option('--strict', 'stop at the first problem in the files')
    .option('--models-dir <folder>', 'where the runs are', 'models')
    .option('--data-dir <folder>', 'where the data is', 'data')
    .addOption(backendOption())
    .addOption(threadsOption())
    .addOption(cacheSizeOption())
    .addOption(verboseOption())
    .option('--batch-size <n>', 'examples computed at once; changes the speed only', positiveInteger, 128)
    .option('--json', 'print the result as JSON', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
Where there is no test split, the examples held out for validation are measured. The interval is Wilson's 95 % interval: how far chance alone moves the accuracy on that many examples.

Examples:
  $ imdb-rnn eval
  $ imdb-rnn eval --run gru2-2025-01-31-1 --split train
  $ imdb-rnn eval --run mine --data new.csv
  $ imdb-rnn eval --json | jq .accuracy`,
    )
    .action((flags: EvalFlags, command: Command) => {
      const idle = ['textColumn', 'labelColumn', 'ignoreUnknownLabels', 'strict'] as const;
      const given = idle.find((name) => flags[name] !== undefined);
      if (flags.data === undefined && given) {
        const name = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        command.error(`error: --${name} goes with --data`);
      }
      return evaluate(flags);
    });
}

async function evaluate(flags: EvalFlags): Promise<void> {
  const { split, dataDir, batchSize } = flags;
  const [{ createNotes }, { findRun }, { useBackend }, { evaluateRun }, output] = await Promise.all([
    import('../terminal/notes.js'),
    import('../runs/find-run.js'),
    import('../backends/use-backend.js'),
    import('../jobs/evaluate-run.js'),
    import('../terminal/print.js'),
  ]);
  const notes = createNotes(flags);
  const run = await findRun(flags.modelsDir, flags.run, { onNote: (note) => notes.note(note) });
  const backend = await useBackend(flags.backend, { threads: flags.threads, verbose: flags.verbose });
  const files = flags.data && dataOf(flags);
  const measured = flags.data?.join(' ') ?? `${split} split`;
  notes.note(`run ${run.name}, ${measured}, backend ${backend.name} (${backend.reason})`);
  const progress = await progressOf(flags);
  try {
    const result = await evaluateRun(run, {
      split,
      dataDir,
      cacheDir: join(dataDir, 'cache'),
      cacheSize: flags.cacheSize,
      batchSize,
      backend,
      data: files,
      onNote: (note) => notes.note(note),
      ...progress,
    });
    progress.stop();
    const { name, path } = run;
    if (!flags.json) return output.print(await formatEvaluation(result));
    const { evaluationRecord } = await import('../tasks/figure.js');
    const { seconds, examplesPerSecond } = result;
    const computed = { backend: backend.name, threads: backend.threads, seconds, examplesPerSecond };
    output.printJson({
      run: name,
      path,
      split: result.split,
      data: flags.data,
      ...computed,
      ...evaluationRecord(result),
    });
  } finally {
    progress.stop();
  }
}

function dataOf({ data = [], textColumn, labelColumn, ignoreUnknownLabels, strict }: EvalFlags): TestFiles {
  return { paths: data, textColumn, labelColumn, ignoreUnknownLabels, strict };
}

/** A bar from the moment on at which the number of examples is known. */
async function progressOf({ quiet }: { quiet: boolean }) {
  const { Progress } = await import('../terminal/progress.js');
  let bar: InstanceType<typeof Progress> | undefined;
  return {
    onStart(examples: number) {
      bar = new Progress('evaluating', { total: examples, unit: 'examples', quiet });
    },
    onProgress: (examplesDone: number) => bar?.update(examplesDone),
    stop: () => bar?.stop(),
  };
}

async function formatEvaluation(result: TimedEvaluation): Promise<string> {
  const [{ formatTable }, { formatFigure }, { formatDuration }, { formatRate }] = await Promise.all([
    import('../terminal/table.js'),
    import('../formats/figure.js'),
    import('../formats/durations.js'),
    import('../formats/numbers.js'),
  ]);
  const { figures, tables, examples, seconds, examplesPerSecond } = result;
  const overall = [
    ...figures.map(({ title, value, form, interval, note = '' }) => {
      const [lower, upper] = (interval ?? []).map((bound) => formatFigure(bound, form));
      const said = interval ? `95 % interval: ${lower} to ${upper}` : note;
      return [title, formatFigure(value, form), said];
    }),
    [
      'examples',
      formatFigure(examples, 'count'),
      `${formatDuration(seconds)}, ${formatRate(examplesPerSecond, 'examples')}`,
    ],
  ];
  const written = ({ corner, columns, rows }: FigureTable) =>
    formatTable(
      rows.map(({ name, values }) => [
        name,
        ...values.map((value, column) => formatFigure(value, columns[column].form)),
      ]),
      { header: [corner, ...columns.map(({ title }) => title)] },
    );
  return [formatTable(overall, { align: ['left', 'right', 'left'] }), ...tables.map(written)].join('\n\n');
}
