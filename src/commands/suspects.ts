import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { BackendName } from '../backends/backend-names.js';
import { type IssueFilter, issueFilters } from '../curation/find-label-issues.js';
import type { Suspects } from '../curation/find-suspects.js';
import { type JudgeChoice, judgeChoices } from '../curation/judge-choices.js';
import { type LabelQualityName, labelQualities } from '../curation/label-quality.js';
import type { Split } from '../datasets/split.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Notes } from '../terminal/notes.js';
import { backendOption, positiveInteger, threadsOption, verboseOption } from './compute-options.js';
import { interruptible } from './interruptible.js';
import { runsFolderOption } from './runs-folder-option.js';
import { trustOption } from './trust-option.js';

interface SuspectsFlags {
  readonly run?: string;
  readonly folds: number;
  readonly rounds: number;
  readonly judges: JudgeChoice;
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
    .option(
      '--folds <n>',
      'parts of the examples, each judged by models trained on the others',
      positiveInteger,
      8,
    )
    .option(
      '--rounds <n>',
      'how often they are dealt; later rounds learn from what looks right',
      positiveInteger,
      2,
    )
    .addOption(
      new Option('--judges <who>', "who judges: the run's models, or a bag of words beside them too")
        .choices(judgeChoices)
        .default('both'),
    )
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
    .addOption(runsFolderOption())
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
The training examples are dealt into folds, and each fold is judged by two models that were trained on the others: one of the
run's config, and a bag of words that makes other mistakes. In the second round they are dealt anew, and those that look most
wrong are not learnt from. Confident learning (Northcutt, Jiang & Chuang 2021) goes by what all of them say together. All of
these models have the run's vocabulary. Their answers are kept in the run's folder: the same command is answered at once the
next time, and goes on where it was stopped.

--rounds 1 --judges run takes a quarter of the models, and finds less.

Examples:
  $ imdb-rnn suspects
  $ imdb-rnn suspects --run nb-ngrams-2025-01-31-1 --output suspects.csv
  $ imdb-rnn suspects --folds 5 --rounds 1 --judges run
  $ imdb-rnn suspects --count 100 --json`,
    )
    .action(suspectsCommand);
}

async function suspectsCommand(given: SuspectsFlags, command: Command): Promise<void> {
  const [
    { createNotes },
    { findRunByFlags },
    { dataDirOf },
    { startBackend },
    { openSplitOfRun },
    { sheetFormat },
    { reportSuspects },
  ] = await Promise.all([
    import('../terminal/notes.js'),
    import('./find-run-by-flags.js'),
    import('./data-dir.js'),
    import('./start-backend.js'),
    import('../evaluation/predict-run.js'),
    import('./sheet-file.js'),
    import('./suspects-output.js'),
  ]);
  if (given.output !== undefined) sheetFormat(given.output);
  const notes = createNotes(given);
  const run = await findRunByFlags(given, notes);
  const flags = { ...given, dataDir: await dataDirOf(run, given, command) };
  const split = await openSplitOfRun(run, { split: 'train', dataDir: flags.dataDir });
  const backend = await startBackend(flags, notes);
  const { countOf } = await import('../formats/numbers.js');
  notes.note(
    `run ${run.name}, ${flags.folds} folds in ${countOf(flags.rounds, 'round')}, backend ${backend.name} (${backend.reason})`,
  );
  const onFirst = () =>
    notes.note('finishing this step; the folds that are done are kept; press Ctrl-C again to stop at once');
  await interruptible(
    async (signal) => {
      const found = await follow(run, split, { ...flags, notes, signal });
      if (found) await reportSuspects(found, { ...flags, run, split });
      else notes.note('stopped; the same command goes on where it was stopped');
    },
    { onFirst },
  );
}

/** Finds the suspects, and shows how far that is. */
async function follow(
  run: RunFolder,
  split: Split,
  options: SuspectsFlags & { notes: Notes; signal: AbortSignal },
): Promise<Suspects | undefined> {
  const { rounds, notes, quiet, dataDir } = options;
  const [{ findSuspects }, { Progress }, { countOf }] = await Promise.all([
    import('../curation/find-suspects.js'),
    import('../terminal/progress.js'),
    import('../formats/numbers.js'),
  ]);
  let progress: InstanceType<typeof Progress> | undefined;
  let folds = 0;
  try {
    const events = findSuspects(run, split, { ...options, cacheDir: join(dataDir, 'cache') });
    let next = await events.next();
    for (; !next.done; next = await events.next()) {
      const event = next.value;
      if (event.type === 'started') {
        const { examples, foldsKept } = event;
        folds = event.folds;
        notes.note(
          `${countOf(examples, 'example')}; all folds have the run's vocabulary, counted on all examples`,
        );
        if (foldsKept > 0)
          notes.note(`${countOf(foldsKept, 'fold')} of ${folds} taken from the run's folder`);
        continue;
      }
      progress ??= new Progress('folds', { total: event.total, unit: 'examples', quiet });
      progress.setTotal(event.total);
      const { round, judge, epoch } = event;
      const text = `fold ${event.fold}/${folds}  round ${round}/${rounds}  ${judge} epoch ${epoch}`;
      progress.update(event.done, text);
    }
    return next.value;
  } finally {
    progress?.stop();
  }
}
