import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { BackendName } from '../backends/use-backend.js';
import type { Evaluation } from '../evaluation/evaluate.js';
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
    import('../evaluation/evaluate-run.js'),
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
    const { name, path } = run;
    if (!flags.json) return output.print(await formatEvaluation(result));
    output.printJson({ run: name, path, split, backend: backend.name, threads: backend.threads, ...result });
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

async function formatEvaluation(result: Evaluation): Promise<string> {
  const [{ formatTable }, { formatCount, formatPercent, formatRate }, { formatDuration }] = await Promise.all(
    [import('../terminal/table.js'), import('../formats/numbers.js'), import('../formats/durations.js')],
  );
  const { accuracyInterval, labels, confusion, rocAuc, seconds, examplesPerSecond } = result;
  const [lower, upper] = accuracyInterval.map((bound) => formatPercent(bound));
  const overall = [
    ['accuracy', formatPercent(result.accuracy), `95 % interval: ${lower} to ${upper}`],
    ['loss', result.loss.toFixed(4), 'cross-entropy, nats an example'],
    ['ROC AUC', rocAuc === null ? '-' : rocAuc.toFixed(4), ''],
    [
      'examples',
      formatCount(result.examples),
      `${formatDuration(seconds)}, ${formatRate(examplesPerSecond, 'examples')}`,
    ],
  ];
  const perClass = Object.entries(result.perClass).map(([label, { precision, recall, f1, examples }]) => [
    label,
    ...[precision, recall, f1].map((share) => formatPercent(share)),
    formatCount(examples),
  ]);
  const counts = confusion.map((row, label) => [labels[label], ...row.map(formatCount)]);
  return [
    formatTable(overall, { align: ['left', 'right', 'left'] }),
    formatTable(perClass, { header: ['label', 'precision', 'recall', 'F1', 'examples'] }),
    formatTable(counts, { header: ['truly', ...labels.map((label) => `predicted ${label}`)] }),
  ].join('\n\n');
}
