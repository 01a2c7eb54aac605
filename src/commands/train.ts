import { type Command, InvalidArgumentError } from 'commander';
import {
  addComputeOptions,
  addOutputOptions,
  type ComputeFlags,
  type OutputFlags,
  positiveInteger,
  share,
  wholeNumber,
} from './compute-options.js';
import { addDataOptions, flagsWithoutData } from './data-options.js';
import { interruptible } from './interruptible.js';
import { setOption } from './set-option.js';
import type { TrainingJobFlags } from './training-job.js';

interface TrainFlags extends TrainingJobFlags, ComputeFlags, OutputFlags {
  readonly name?: string;
  readonly dataDir: string;
  readonly seeds?: number;
  readonly tensorboard?: boolean | string;
  readonly track?: { readonly mlflow: string };
}

/** `imdb-rnn train`: trains a model by a config and keeps it in a run folder. */
export function registerTrain(program: Command): void {
  const command = program
    .command('train')
    .description('train a model by a config, into a folder of its own')
    .option('--config <file or name>', 'YAML file, or the name of a packaged config')
    .option(
      '--resume [run]',
      'go on with a run, exactly where it stopped (default: the newest unfinished one)',
    )
    .option('--from <run>', 'begin with the model of a run, and learn --data: new words and labels are added')
    .option(
      '--replay <share>',
      'with --from: share of the former examples to learn again (default: 0)',
      share,
    )
    .option('--grow <n>', 'with --from: new words at most (default: 5000)', wholeNumber)
    .option('--force', 'with --resume: go on although settings, data or files are not those of before')
    .addOption(setOption());
  addDataOptions(command)
    .option('--name <run>', 'name of the run (default: config, date and a number)')
    .option('--seed <n>', 'the same seed gives the same model; short for --set seed=<n>', positiveInteger)
    .option(
      '--seeds <n>',
      'train n runs, with this seed and the next ones, and compare them',
      positiveInteger,
    )
    .option(
      '--epochs <n>',
      'short for --set training.epochs=<n>; with --resume: train longer',
      positiveInteger,
    )
    .option('--data-dir <folder>', 'where the data is; it is downloaded when missing', 'data')
    .option('--models-dir <folder>', 'where the run goes', 'models');
  addComputeOptions(command)
    .option(
      '--tensorboard [folder]',
      "write the curves for TensorBoard, into <folder>/<run> (default: tensorboard in the run's folder)",
    )
    .option('--track <mlflow=url>', 'send settings and curves to an MLflow server', tracker);
  addOutputOptions(command)
    .addHelpText(
      'after',
      `
The epoch with the lowest loss on held-out training examples is the one that is kept. Ctrl-C ends after the current step
and keeps the best so far; --resume goes on from that step. A second Ctrl-C stops at once. A training that was killed goes
on from what it saved last, half a minute before at most; the weights are those of a training that was never stopped.

--seeds 5 --name x trains x-seed-1 to x-seed-5 and ends with a table of what they differ in by chance. The same command again
keeps those that have finished, goes on with one that was stopped, and trains the rest.

--from makes a new run and leaves the former one as it is. What is learnt anew makes a model forget: a table at the end
tells how much, and --replay keeps it small.

Examples:
  $ imdb-rnn train --config gru2.yaml
  $ imdb-rnn train --config gru2 --set training.epochs=2 --set dataset.name=sample --name try
  $ imdb-rnn train --config bigru --data reviews.csv
  $ imdb-rnn train --data train.csv --test-data test.csv --text-column body --label-column stars
  $ imdb-rnn train --config my.yaml --seed 7 --threads 4
  $ imdb-rnn train --config nb-ngrams --seeds 5 --name ngrams
  $ imdb-rnn train --config gru2 --tensorboard logs      # then: tensorboard --logdir logs
  $ imdb-rnn train --config gru2 --track mlflow=http://localhost:5000
  $ imdb-rnn train --from mine --data more.csv --replay 0.2
  $ imdb-rnn train --resume
  $ imdb-rnn train --resume gru2-2025-01-31-1 --epochs 10`,
    )
    .action((flags: TrainFlags, command: Command) => {
      const [ofFrom] = (['replay', 'grow'] as const).filter((name) => flags[name] !== undefined);
      if (flags.from === undefined && ofFrom) command.error(`error: --${ofFrom} goes with --from`);
      if (flags.from !== undefined && flags.data === undefined) command.error('error: --from needs --data');
      if (flags.from !== undefined && (flags.config ?? flags.resume) !== undefined) {
        command.error('error: give either --from, or --config or --resume');
      }
      if (flags.resume === undefined && flags.config === undefined && flags.data === undefined) {
        command.error('error: give --config, --data or --resume');
      }
      if (flags.resume !== undefined && (flags.config !== undefined || flags.data !== undefined)) {
        command.error('error: give either --resume, or --config and --data');
      }
      const [idle] = flagsWithoutData(flags);
      if (idle !== undefined) command.error(`error: ${idle} goes with --data`);
      if (flags.resume && (flags.set.length > 0 || flags.seed || flags.name)) {
        command.error(
          'error: --resume goes on with the settings of its run; --set, --seed and --name cannot change them',
        );
      }
      if (flags.force && !flags.resume) command.error('error: --force goes with --resume');
      if (flags.resume && flags.seeds) command.error('error: --seeds trains new runs; --resume is for one');
      return trainCommand(flags, command);
    });
}

async function trainCommand(given: TrainFlags, command: Command): Promise<void> {
  const [
    { createNotes },
    { startBackend },
    { lackingFor },
    { trainAndReport },
    { trainingJob },
    { withData },
    { asBefore, tellFinished },
    { plannedMembers },
  ] = await Promise.all([
    import('../terminal/notes.js'),
    import('./start-backend.js'),
    import('../backends/use-backend.js'),
    import('./train-and-report.js'),
    import('./training-job.js'),
    import('./with-data.js'),
    import('./resumed-flags.js'),
    import('../config/ensemble-members.js'),
  ]);
  const notes = createNotes(given);
  const onFirst = () =>
    notes.note('finishing this step and keeping the best epoch so far; press Ctrl-C again to stop at once');
  const onStopped = () => notes.note('stopped before the training began');
  await interruptible(
    async (signal) => {
      const seeds = given.seeds === undefined ? [] : [`seeds=${given.seeds}`];
      const job = await trainingJob({ ...given, set: [...given.set, ...seeds] }, notes);
      if (job.resume && (await tellFinished(job.resume, { ...given, config: job.config }))) return;
      const flags = job.resume ? await asBefore(job.resume, given, command) : given;
      const isGiven = command.getOptionValueSource('dataDir') !== 'default';
      const from = job.from && { ...job.from, ...(isGiven && { dataDir: flags.dataDir }) };
      const config = await withData(job.config, { dataDir: flags.dataDir, notes, flags, signal });
      const backend = await startBackend(flags, notes);
      notes.note(`backend ${backend.name}: ${backend.reason}`);
      const lacking = lackingFor(config.model, backend);
      if (lacking) notes.note(lacking);
      const options = { ...flags, ...job, from, config, backend, notes, signal };
      if (plannedMembers(config.model).length > 0) {
        await (await import('./train-members.js')).trainMembers(options);
      } else if (config.seeds === 1) await trainAndReport(options);
      else await (await import('./train-seeds.js')).trainSeeds(options);
    },
    { onFirst, onStopped },
  );
}

function tracker(text: string): { mlflow: string } {
  const [, url] = /^mlflow=(https?:\/\/.+)$/.exec(text) ?? [];
  if (url !== undefined && URL.canParse(url)) return { mlflow: url };
  throw new InvalidArgumentError('Expected mlflow=URL, such as mlflow=http://localhost:5000.');
}
