import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { BackendName } from '../backends/backend-names.js';
import { type IssueFilter, issueFilters } from '../curation/find-label-issues.js';
import type { Suspects } from '../curation/find-suspects.js';
import { type LabelQualityName, labelQualities } from '../curation/label-quality.js';
import type { Split } from '../datasets/split.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Notes } from '../terminal/notes.js';
import { backendOption, positiveInteger, threadsOption, verboseOption } from './compute-options.js';
import { trustOption } from './trust-option.js';

interface SuspectsFlags {
  readonly run?: string;
  readonly folds: number;
  readonly count?: number;
  readonly filter: IssueFilter;
  readonly rankBy: LabelQualityName;
  readonly output?: string;
  readonly modelsDir: string;
  readonly trust?: boolean;
  readonly dataDir: string;
  readonly backend: BackendName;
  readonly verbose?: boolean;
  readonly threads?: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `imdb-rnn suspects`: names training examples whose labels are likely wrong. */
export function registerSuspects(program: Command): void {
  program
    .command('suspects')
    .description('name training examples whose labels are likely wrong')
    .option('--run <run>', 'name or path of the run (default: the newest finished one)')
    .option('--folds <n>', 'models to train, each without one part of the examples', positiveInteger, 5)
    .option('--count <n>', 'name at most so many, the most suspicious ones', positiveInteger)
    .addOption(
      new Option('--filter <name>', 'which labels count as wrong')
        .choices(issueFilters)
        .default('pruneByNoiseRate'),
    )
    .addOption(
      new Option('--rank-by <name>', 'what is most suspicious')
        .choices(labelQualities)
        .default('normalizedMargin'),
    )
    .option('--output <file>', 'write all of them to a file: .csv, .tsv or .jsonl')
    .option('--models-dir <folder>', 'where the runs are', 'models')
    .addOption(trustOption())
    .option('--data-dir <folder>', 'where the data is', 'data')
    .addOption(backendOption())
    .addOption(threadsOption())
    .addOption(verboseOption())
    .option('--json', 'print the result as JSON', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
The training examples are dealt into folds, and each fold is judged by a model of the run's config that was trained on the
others (confident learning, Northcutt, Jiang & Chuang 2021). All of these models have the run's vocabulary. Their answers are
kept in the run's folder: the same command is answered at once the next time, and goes on where it was stopped.

Examples:
  $ imdb-rnn suspects
  $ imdb-rnn suspects --run nb-ngrams-2025-01-31-1 --output suspects.csv
  $ imdb-rnn suspects --folds 10 --count 100 --json`,
    )
    .action(suspectsCommand);
}

async function suspectsCommand(given: SuspectsFlags, command: Command): Promise<void> {
  const [
    { createNotes },
    { watchInterrupt },
    { findRunByFlags },
    { dataDirOf },
    { useBackend },
    { openSplitOfRun },
    { sheetFormat },
    { reportSuspects },
  ] = await Promise.all([
    import('../terminal/notes.js'),
    import('../terminal/interrupt.js'),
    import('./find-run-by-flags.js'),
    import('./data-dir.js'),
    import('../backends/use-backend.js'),
    import('../evaluation/predict-run.js'),
    import('./sheet-file.js'),
    import('./suspects-output.js'),
  ]);
  if (given.output !== undefined) sheetFormat(given.output);
  const notes = createNotes(given);
  const run = await findRunByFlags(given, notes);
  const flags = { ...given, dataDir: await dataDirOf(run, given, command) };
  const split = await openSplitOfRun(run, { split: 'train', dataDir: flags.dataDir });
  const backend = await useBackend(flags.backend, { threads: flags.threads, verbose: flags.verbose });
  notes.note(`run ${run.name}, ${flags.folds} folds, backend ${backend.name} (${backend.reason})`);
  const interrupt = watchInterrupt(() =>
    notes.note('finishing this step; the folds that are done are kept; press Ctrl-C again to stop at once'),
  );
  try {
    const found = await follow(run, split, { ...flags, notes, signal: interrupt.signal });
    if (found) await reportSuspects(found, { ...flags, run, split });
    else notes.note('stopped; the same command goes on where it was stopped');
  } finally {
    interrupt.release();
  }
  if (interrupt.exitCode !== undefined) process.exitCode = interrupt.exitCode;
}

/** Finds the suspects, and shows how far that is. */
async function follow(
  run: RunFolder,
  split: Split,
  options: SuspectsFlags & { notes: Notes; signal: AbortSignal },
): Promise<Suspects | undefined> {
  const { folds, notes, quiet, dataDir } = options;
  const [{ findSuspects }, { Progress }, { countOf }] = await Promise.all([
    import('../curation/find-suspects.js'),
    import('../terminal/progress.js'),
    import('../formats/numbers.js'),
  ]);
  let progress: InstanceType<typeof Progress> | undefined;
  try {
    const events = findSuspects(run, split, { ...options, cacheDir: join(dataDir, 'cache') });
    let next = await events.next();
    for (; !next.done; next = await events.next()) {
      const event = next.value;
      if (event.type === 'started') {
        const { examples, foldsKept } = event;
        notes.note(
          `${countOf(examples, 'example')}; all folds have the run's vocabulary, counted on all examples`,
        );
        if (foldsKept > 0)
          notes.note(`${countOf(foldsKept, 'fold')} of ${folds} taken from the run's folder`);
        continue;
      }
      progress ??= new Progress('folds', { total: event.total, unit: 'examples', quiet });
      progress.setTotal(event.total);
      progress.update(event.done, `fold ${event.fold}/${folds}  epoch ${event.epoch}`);
    }
    return next.value;
  } finally {
    progress?.stop();
  }
}
