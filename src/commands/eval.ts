import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { TestFiles } from '../datasets/files/open-test-files.js';
import type { RunEvaluation } from '../jobs/evaluate-run.js';
import {
  addComputeOptions,
  addOutputOptions,
  type ComputeFlags,
  type OutputFlags,
  positiveInteger,
  share,
  tableFile,
} from './compute-options.js';
import { runsFolderOption } from './runs-folder-option.js';
import { trustOption } from './trust-option.js';

interface EvalFlags extends ComputeFlags, OutputFlags {
  readonly run?: string;
  readonly split: 'test' | 'validation' | 'train';
  readonly data?: readonly string[];
  readonly textColumn?: string;
  readonly labelColumn?: string;
  readonly ignoreUnknownLabels?: boolean;
  readonly strict?: boolean;
  readonly modelsDir: string;
  readonly trust?: boolean;
  readonly dataDir: string;
  readonly batchSize: number;
  readonly threshold?: number;
  readonly errors?: number;
  readonly errorsFile?: string;
}

/** `imdb-rnn eval`: measures a trained model on labelled examples. */
export function registerEval(program: Command): void {
  const command = program
    .command('eval')
    .description('measure a trained model on the test examples')
    .option('--run <run>', 'name or path of the run (default: the newest finished one)')
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
    .addOption(runsFolderOption())
    .addOption(trustOption())
    .option(
      '--data-dir <folder>',
      'where the data is (default: where it was when the run was trained)',
      'data',
    );
  addComputeOptions(command)
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
    );
  addOutputOptions(command)
    .addHelpText(
      'after',
      `
Where there is no test split, the examples held out for validation are measured. The interval is Wilson's 95 % interval: how far chance alone moves the accuracy on that many examples.

Examples:
  $ imdb-rnn eval
  $ imdb-rnn eval --run gru2-2025-01-31-1 --split train
  $ imdb-rnn eval --run mine --data new.csv
  $ imdb-rnn eval --threshold 0.4
  $ imdb-rnn eval --errors 20
  $ imdb-rnn eval --errors 500 --errors-file mistakes.csv
  $ imdb-rnn eval --json | jq .accuracy`,
    )
    .action((flags: EvalFlags, command: Command) => {
      const idle = ['textColumn', 'labelColumn', 'ignoreUnknownLabels', 'strict'] as const;
      const given = idle.find((name) => flags[name] !== undefined);
      if (flags.data === undefined && given) {
        const name = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        command.error(`error: --${name} goes with --data`, { exitCode: 2 });
      }
      if (flags.errorsFile !== undefined && flags.errors === undefined) {
        command.error('error: --errors-file needs --errors N: how many mistakes it is to hold', {
          exitCode: 2,
        });
      }
      return evaluate(flags, command);
    });
}

async function evaluate(flags: EvalFlags, command: Command): Promise<void> {
  const { split, batchSize, threshold } = flags;
  const [{ dataDirOf }, { createNotes }, { findRunByFlags }, { startBackend }, { evaluateRun }, output] =
    await Promise.all([
      import('./data-dir.js'),
      import('../terminal/notes.js'),
      import('./find-run-by-flags.js'),
      import('./start-backend.js'),
      import('../jobs/evaluate-run.js'),
      import('../terminal/print.js'),
    ]);
  const notes = createNotes(flags);
  const run = await findRunByFlags(flags, notes);
  const dataDir = await dataDirOf(run, flags, command);
  const backend = await startBackend(flags, notes);
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
      threshold,
      mistakes: flags.errors,
      data: files,
      onNote: (note) => notes.note(note),
      ...progress,
    });
    progress.stop();
    if (flags.errorsFile !== undefined) {
      const { writeMistakes } = await import('./write-mistakes.js');
      await writeMistakes(flags.errorsFile, result.mistakes);
      notes.note(`mistakes: ${flags.errorsFile}`);
    }
    const { noteSurvey, surveyRecord } = await import('./note-survey.js');
    if (result.survey) noteSurvey(result.survey, notes);
    if (!flags.json) return output.print((await import('./format-evaluation.js')).formatEvaluation(result));
    const { name, path } = run;
    const { seconds, examplesPerSecond } = result;
    const computed = { backend: backend.name, threads: backend.threads, seconds, examplesPerSecond };
    const measuredOn = { split: result.split, data: flags.data };
    const surveyed = result.survey && surveyRecord(result.survey);
    const record = { ...(await recordOf(result, flags)), ...surveyed };
    output.printJson({ run: name, path, ...measuredOn, ...computed, ...record });
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
