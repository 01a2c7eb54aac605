import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { BackendName } from '../backends/backend-names.js';
import type { TimedEvaluation } from '../evaluation/evaluate.js';
import type { FigureTable } from '../tasks/figure.js';
import { backendOption, positiveInteger, threadsOption, verboseOption } from './compute-options.js';

interface EvalFlags {
  readonly run?: string;
  readonly split: 'test' | 'train';
  readonly modelsDir: string;
  readonly dataDir: string;
  readonly backend: BackendName;
  readonly verbose?: boolean;
  readonly threads?: number;
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
      new Option('--split <split>', 'examples to measure on').choices(['test', 'train']).default('test'),
    )
    .option('--models-dir <folder>', 'where the runs are', 'models')
    .option('--data-dir <folder>', 'where the data is', 'data')
    .addOption(backendOption())
    .addOption(threadsOption())
    .addOption(verboseOption())
    .option('--batch-size <n>', 'examples computed at once; changes the speed only', positiveInteger, 128)
    .option('--json', 'print the result as JSON', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
The interval is Wilson's 95 % interval: how far chance alone moves the accuracy on that many examples.

Examples:
  $ imdb-rnn eval
  $ imdb-rnn eval --run gru2-2025-01-31-1 --split train
  $ imdb-rnn eval --json | jq .accuracy`,
    )
    .action(evaluate);
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
  notes.note(`run ${run.name}, ${split} split, backend ${backend.name} (${backend.reason})`);
  const progress = await progressOf(flags);
  try {
    const result = await evaluateRun(run, {
      split,
      dataDir,
      cacheDir: join(dataDir, 'cache'),
      batchSize,
      backend,
      ...progress,
    });
    progress.stop();
    const [{ extentRecord, formatExtent }, { formatPercent }] = await Promise.all([
      import('../formats/extent.js'),
      import('../formats/numbers.js'),
    ]);
    const { survey } = result;
    const cut = survey && formatExtent(survey.extent, survey.lengthUnit);
    if (cut) notes.note(cut);
    const unknownShare = survey?.unknown === undefined ? undefined : survey.unknown / survey.extent.texts;
    if (unknownShare !== undefined) {
      notes.note(
        `${formatPercent(unknownShare)} of the texts are none of these to the run: see unknown in its config`,
      );
    }
    const { name, path } = run;
    if (!flags.json) return output.print(await formatEvaluation(result));
    const { evaluationRecord } = await import('../tasks/figure.js');
    const { seconds, examplesPerSecond } = result;
    const computed = { backend: backend.name, threads: backend.threads, seconds, examplesPerSecond };
    const surveyed = {
      ...(survey && { reading: extentRecord(survey.extent) }),
      ...(unknownShare !== undefined && { unknownShare }),
    };
    output.printJson({ run: name, path, split, ...computed, ...evaluationRecord(result), ...surveyed });
  } finally {
    progress.stop();
  }
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
