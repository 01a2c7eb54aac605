import { join } from 'node:path';
import { type Command, Option } from 'commander';
import type { BackendName } from '../backends/backend-names.js';
import { UserError } from '../errors/user-error.js';
import type { ComparedRun } from '../evaluation/compare-runs.js';
import type { Difference } from '../evaluation/difference.js';
import { countOf } from '../formats/numbers.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Notes } from '../terminal/notes.js';
import { cacheSizeOption } from './cache-size-option.js';
import { backendOption, positiveInteger, threadsOption } from './compute-options.js';
import { pictureFile, writePicture } from './picture-file.js';
import { runsFolderOption } from './runs-folder-option.js';

interface CompareFlags {
  readonly against?: string;
  readonly split: 'test' | 'train';
  readonly modelsDir: string;
  readonly dataDir: string;
  readonly backend: BackendName;
  readonly threads?: number;
  readonly cacheSize?: number;
  readonly batchSize: number;
  readonly plot?: string;
  readonly json: boolean;
  readonly csv: boolean;
  readonly quiet: boolean;
}

/** `imdb-rnn compare`: sets trained models side by side. */
export function registerCompare(program: Command): void {
  program
    .command('compare')
    .description('set trained models side by side')
    .argument('[run...]', 'names or paths of runs (default: all that have a model)')
    .option('--against <run>', "McNemar's test of each run against this one")
    .addOption(
      new Option('--split <split>', 'examples to measure on').choices(['test', 'train']).default('test'),
    )
    .addOption(
      new Option('--plot <file>', 'draw accuracy against training time: FILE.svg or FILE.png').argParser(
        pictureFile,
      ),
    )
    .addOption(runsFolderOption())
    .option('--data-dir <folder>', 'where the data is', 'data')
    .addOption(backendOption())
    .addOption(threadsOption())
    .addOption(cacheSizeOption())
    .option('--batch-size <n>', 'examples computed at once; changes the speed only', positiveInteger, 128)
    .addOption(new Option('--json', 'print the result as JSON').default(false).conflicts('csv'))
    .option('--csv', 'print the result as CSV', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
The best accuracy comes first. The interval is Wilson's 95 % interval. What a model said of each example is kept in its run
folder, as long as model and examples stay the same: comparing again takes no time. --backend and --threads evaluate
anew what was computed otherwise.

Two runs, or each run and that of --against, are tested for a difference (McNemar 1947; the exact test below 25 examples that
only one of the two has right, else chi-squared with the correction of Edwards 1948). Of 20 tests one finds a difference by chance.

Examples:
  $ imdb-rnn compare
  $ imdb-rnn compare gru2-2025-01-31-1 gru-small
  $ imdb-rnn compare --against gru2-2025-01-31-1 --plot comparison.svg
  $ imdb-rnn compare --json | jq '.runs[0].run'`,
    )
    .action(compare);
}

async function compare(names: readonly string[], flags: CompareFlags): Promise<void> {
  const [{ createNotes }, { runsToCompare }, { compareRuns }, { testRuns }, output] = await Promise.all([
    import('../terminal/notes.js'),
    import('../runs/runs-to-compare.js'),
    import('../evaluation/compare-runs.js'),
    import('../evaluation/differences.js'),
    import('../terminal/print.js'),
  ]);
  const { split, modelsDir, dataDir, batchSize, backend, threads, json, csv } = flags;
  const notes = createNotes(flags);
  const { runs, against } = await runsToCompare(modelsDir, names, {
    against: flags.against,
    onNote: (note) => notes.note(note),
  });
  const progress = await progressOf(runs, flags);
  try {
    const compared = await compareRuns(runs, {
      ...{ split, dataDir, batchSize, ...progress },
      cacheDir: join(dataDir, 'cache'),
      cacheSize: flags.cacheSize,
      accepts: (kept) =>
        (backend === 'auto' || backend === kept.backend) && (threads ?? kept.threads) === kept.threads,
      useBackend: () => backendFor(flags, notes),
    });
    progress.stop();
    const { differences, problem } = testRuns(compared, { against, named: names.length > 0 });
    if (json) output.printJson({ split, ...(await recordsOf(compared, differences)), plot: flags.plot });
    else if (csv) output.print((await import('../reporting/comparison-record.js')).comparisonCsv(compared));
    else if (compared.some((each) => !('error' in each))) {
      const { formatComparison, formatDifferences } = await import('./compare-table.js');
      output.print(formatComparison(compared));
      if (differences.length > 0) output.print(`\n${formatDifferences(differences)}`);
    }
    if (flags.plot && compared.some((each) => !('error' in each)))
      await drawPlot(compared, flags.plot, notes);
    if (problem?.isFatal) throw problem.error;
    if (problem) notes.warn(problem.error.message);
    refuseWithoutFigures(compared);
  } finally {
    progress.stop();
  }
}

/** The runs that could not be measured are an error, whatever was printed of the others; its next step is that of the first. */
function refuseWithoutFigures(compared: readonly ComparedRun[]): void {
  const failed = compared.flatMap((each) => ('error' in each ? [each] : []));
  if (failed.length === 0) return;
  const [{ run, error }] = failed;
  const other =
    failed.length > 1 ? ` (and ${countOf(failed.length - 1, 'other run')} of ${compared.length})` : '';
  throw new UserError(`${run.name}${other} has no figures: ${error.message}`, error.hint, { cause: error });
}

async function backendFor(flags: CompareFlags, notes: Notes) {
  const { startBackend } = await import('./start-backend.js');
  const choice = await startBackend(flags, notes);
  notes.note(`${flags.split} split, backend ${choice.name} (${choice.reason})`);
  return choice;
}

/** A bar for each run that has to be evaluated. */
async function progressOf(runs: readonly RunFolder[], { quiet }: { quiet: boolean }) {
  const { Progress } = await import('../terminal/progress.js');
  let bar: InstanceType<typeof Progress> | undefined;
  return {
    onStart(run: RunFolder, examples: number) {
      bar?.stop();
      const label = `${run.name} (${runs.indexOf(run) + 1} of ${runs.length})`;
      bar = new Progress(label, { total: examples, unit: 'examples', quiet });
    },
    onProgress: (examplesDone: number) => bar?.update(examplesDone),
    stop: () => bar?.stop(),
  };
}

async function drawPlot(compared: readonly ComparedRun[], path: string, notes: Notes): Promise<void> {
  const { plotRuns } = await import('../reporting/plot-runs.js');
  const { svg, leftOut } = plotRuns(compared);
  for (const name of leftOut)
    notes.note(`${name} is not in the plot: its training time is not known, or it has other figures`);
  await writePicture(path, svg, notes);
}

async function recordsOf(compared: readonly ComparedRun[], differences: readonly Difference[]) {
  const { comparisonRecord } = await import('../reporting/comparison-record.js');
  return {
    runs: compared.map(comparisonRecord),
    tests: differences.map(({ run, against, onlyFirst, onlySecond, ...test }) => ({
      ...{ run: run.run.name, against: against.run.name },
      ...{ onlyRunRight: onlyFirst, onlyAgainstRight: onlySecond, ...test },
    })),
  };
}
