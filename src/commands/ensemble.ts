import { join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import {
  addComputeOptions,
  addOutputOptions,
  type ComputeFlags,
  type OutputFlags,
} from './compute-options.js';
import { runsFolderOption } from './runs-folder-option.js';

interface EnsembleFlags extends ComputeFlags, OutputFlags {
  readonly name: string;
  readonly weights?: readonly number[];
  readonly fitWeights?: boolean;
  readonly modelsDir: string;
  readonly dataDir: string;
}

/** `imdb-rnn ensemble`: makes one run of several, which answers with the mean of their probabilities. */
export function registerEnsemble(program: Command): void {
  const command = program
    .command('ensemble')
    .description('join runs to one that answers with the mean of their probabilities')
    .argument('<run...>', 'names or paths of the runs, two or more')
    .requiredOption('--name <run>', 'name of the new run')
    .option('--weights <list>', 'how much each run counts, such as 2,1 (default: all alike)', weightList)
    .option('--fit-weights', 'choose the weights on the examples that no run has learnt from')
    .addOption(runsFolderOption())
    .option('--data-dir <folder>', 'where the data is', 'data');
  addComputeOptions(command);
  addOutputOptions(command)
    .addHelpText(
      'after',
      `
The runs may have other models, words and text settings, but the same task, labels and data set. The new run holds copies of
what it needs of them, so that they may be removed; predict, eval, compare, runs and the library use it as any other run.

--fit-weights tries shares in tenths and keeps those with the lowest log loss on held-out examples. Of runs with other seeds or
shares of validation, these are the few that all of them held out; a validation split of the data set serves all runs.

Examples:
  $ imdb-rnn ensemble gru2-2025-01-31-1 nb-ngrams-2025-01-31-1 --name both
  $ imdb-rnn ensemble gru2-2025-01-31-1 nb-ngrams-2025-01-31-1 --name both --weights 2,1
  $ imdb-rnn ensemble mine-seed-1 mine-seed-2 mine-seed-3 --name mine --fit-weights
  $ imdb-rnn compare both gru2-2025-01-31-1 nb-ngrams-2025-01-31-1`,
    )
    .action((names: string[], flags: EnsembleFlags, command: Command) => {
      if (flags.weights && flags.fitWeights) {
        command.error('error: give either --weights or --fit-weights', { exitCode: 2 });
      }
      return ensembleCommand(names, flags);
    });
}

async function ensembleCommand(names: readonly string[], flags: EnsembleFlags): Promise<void> {
  const [{ createNotes }, { findRun }, { createShown, printCreated }] = await Promise.all([
    import('../terminal/notes.js'),
    import('../runs/find-run.js'),
    import('./show-ensemble.js'),
  ]);
  const notes = createNotes(flags);
  const { modelsDir, dataDir, quiet } = flags;
  const runs = await Promise.all(names.map((name) => findRun(modelsDir, name)));
  const backend = await backendWhereNeeded();
  const created = await createShown(runs, {
    ...{ name: flags.name, modelsDir, weights: flags.weights, fitWeights: flags.fitWeights },
    ...{ dataDir, cacheDir: join(dataDir, 'cache'), cacheSize: flags.cacheSize, backend, quiet },
  });
  await printCreated(created, flags);

  async function backendWhereNeeded() {
    const configs = await Promise.all(runs.slice(0, 1).map((run) => run.readConfig()));
    const isDecided = configs.some(({ training }) => training.threshold !== 'none' || training.calibrate);
    if (!flags.fitWeights && !isDecided) return undefined;
    const { startBackend } = await import('./start-backend.js');
    const choice = await startBackend(flags, notes);
    notes.note(`backend ${choice.name}: ${choice.reason}`);
    return choice;
  }
}

/** Parses `2,1`; anything but numbers above 0 is wrong usage. */
function weightList(text: string): number[] {
  const weights = text.split(',').map((each) => (each.trim() === '' ? Number.NaN : Number(each)));
  if (weights.every((weight) => weight > 0 && weight < Infinity)) return weights;
  throw new InvalidArgumentError('Expected numbers above 0 with commas between them, such as 2,1.');
}
