import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { BackendName } from '../backends/backend-names.js';
import type { RunEvaluation } from '../jobs/evaluate-run.js';
import {
  backendOption,
  positiveInteger,
  share,
  tableFile,
  threadsOption,
  verboseOption,
} from './compute-options.js';

interface EvalFlags {
  readonly run?: string;
  readonly split: 'test' | 'train';
  readonly modelsDir: string;
  readonly dataDir: string;
  readonly backend: BackendName;
  readonly verbose?: boolean;
  readonly threads?: number;
  readonly batchSize: number;
  readonly threshold?: number;
  readonly errors?: number;
  readonly errorsFile?: string;
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
    .option(
      '--threshold <p>',
      'answer labels from this probability on (default: as the run was trained)',
      share,
    )
    .option('--errors <n>', 'also tell the n mistakes that the model is most sure of', positiveInteger)
    .addOption(
      new Option(
        '--errors-file <file>',
        'write these mistakes into FILE.csv, FILE.tsv or FILE.jsonl',
      ).argParser(tableFile),
    )
    .option('--json', 'print the result as JSON', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
The interval is Wilson's 95 % interval: how far chance alone moves the accuracy on that many examples.

Examples:
  $ imdb-rnn eval
  $ imdb-rnn eval --run gru2-2025-01-31-1 --split train
  $ imdb-rnn eval --threshold 0.4
  $ imdb-rnn eval --errors 20
  $ imdb-rnn eval --errors 500 --errors-file mistakes.csv
  $ imdb-rnn eval --json | jq .accuracy`,
    )
    .action((flags: EvalFlags, command: Command) => {
      if (flags.errorsFile !== undefined && flags.errors === undefined) {
        command.error('error: --errors-file needs --errors N: how many mistakes it is to hold', {
          exitCode: 2,
        });
      }
      return evaluate(flags);
    });
}

async function evaluate(flags: EvalFlags): Promise<void> {
  const { split, dataDir, batchSize, threshold } = flags;
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
      threshold,
      mistakes: flags.errors,
      ...progress,
    });
    progress.stop();
    if (flags.errorsFile !== undefined) {
      const { writeMistakes } = await import('./write-mistakes.js');
      await writeMistakes(flags.errorsFile, result.mistakes);
      notes.note(`mistakes: ${flags.errorsFile}`);
    }
    if (!flags.json) return output.print((await import('./format-evaluation.js')).formatEvaluation(result));
    const { name, path } = run;
    const { seconds, examplesPerSecond } = result;
    const computed = { backend: backend.name, threads: backend.threads, seconds, examplesPerSecond };
    output.printJson({ run: name, path, split, ...computed, ...(await recordOf(result, flags)) });
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

async function recordOf(result: RunEvaluation, { errors }: EvalFlags) {
  const [{ evaluationRecord }, { mistakeRecord }] = await Promise.all([
    import('../tasks/figure.js'),
    import('../evaluation/mistakes.js'),
  ]);
  const { decision } = result.task;
  return {
    ...evaluationRecord(result),
    ...(decision && { decision }),
    ...(errors !== undefined && { errors: result.mistakes.map(mistakeRecord) }),
  };
}
