import type { Command } from 'commander';
import type { BackendName } from '../backends/backend-names.js';
import type { Config } from '../config/schema.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Notes } from '../terminal/notes.js';
import { cacheSizeOption } from './cache-size-option.js';
import { backendOption, positiveInteger, threadsOption, verboseOption } from './compute-options.js';
import { setOption } from './set-option.js';

export interface TrainFlags {
  readonly config?: string;
  readonly resume?: string;
  readonly set: readonly string[];
  readonly name?: string;
  readonly seed?: number;
  readonly dataDir: string;
  readonly modelsDir: string;
  readonly backend: BackendName;
  readonly verbose?: boolean;
  readonly threads?: number;
  readonly cacheSize?: number;
  readonly json: boolean;
  readonly quiet: boolean;
}

/** `imdb-rnn train`: trains a model by a config and keeps it in a run folder. */
export function registerTrain(program: Command): void {
  program
    .command('train')
    .description('train a model by a config, into a folder of its own')
    .option('--config <file or name>', 'YAML file, or the name of a packaged config')
    .option('--resume <run>', 'go on with a run that was interrupted, exactly where it stopped')
    .addOption(setOption())
    .option('--name <run>', 'name of the run (default: config, date and a number)')
    .option('--seed <n>', 'the same seed gives the same model; short for --set seed=<n>', positiveInteger)
    .option('--data-dir <folder>', 'where the data is; it is downloaded when missing', 'data')
    .option('--models-dir <folder>', 'where the run goes', 'models')
    .addOption(backendOption())
    .addOption(threadsOption())
    .addOption(cacheSizeOption())
    .addOption(verboseOption())
    .option('--json', 'print the result as JSON', false)
    .option('--quiet', 'print nothing but the result', false)
    .addHelpText(
      'after',
      `
The epoch with the lowest loss on held-out training examples is the one that is kept. Ctrl-C ends after the current step
and keeps the best so far; --resume goes on from that step. A second Ctrl-C stops at once.

Examples:
  $ imdb-rnn train --config gru2.yaml
  $ imdb-rnn train --config gru2 --set training.epochs=2 --set dataset.name=sample --name try
  $ imdb-rnn train --config my.yaml --seed 7 --threads 4
  $ imdb-rnn train --resume gru2-2025-01-31-1`,
    )
    .action((flags: TrainFlags, command: Command) => {
      const given = [flags.config, flags.resume].filter((value) => value !== undefined);
      if (given.length !== 1) command.error('error: give either --config or --resume');
      if (flags.resume && (flags.set.length > 0 || flags.seed || flags.name)) {
        command.error(
          'error: --resume goes on with the settings of its run; --set, --seed and --name cannot change them',
        );
      }
      return trainCommand(flags);
    });
}

async function trainCommand(flags: TrainFlags): Promise<void> {
  const [{ createNotes }, { watchInterrupt }, { lackingFor, useBackend }, { trainAndReport }] =
    await Promise.all([
      import('../terminal/notes.js'),
      import('../terminal/interrupt.js'),
      import('../backends/use-backend.js'),
      import('./train-and-report.js'),
    ]);
  const notes = createNotes(flags);
  const interrupt = watchInterrupt(() =>
    notes.note('finishing this step and keeping the best epoch so far; press Ctrl-C again to stop at once'),
  );
  try {
    const job = await jobOf(flags, notes);
    const config = await withData(job.config, {
      dataDir: flags.dataDir,
      notes,
      flags,
      signal: interrupt.signal,
    });
    const backend = await useBackend(flags.backend, { threads: flags.threads, verbose: flags.verbose });
    notes.note(`backend ${backend.name}: ${backend.reason}`);
    const lacking = lackingFor(config.model, backend);
    if (lacking) notes.note(lacking);
    await trainAndReport({ ...flags, ...job, config, backend, notes, signal: interrupt.signal });
  } catch (error) {
    if (error !== interrupt.signal.reason) throw error;
    notes.note('stopped before the training began');
  } finally {
    interrupt.release();
  }
  if (interrupt.exitCode !== undefined) process.exitCode = interrupt.exitCode;
}

/** What is to be trained: a config, or a run to go on with. */
async function jobOf(
  flags: TrainFlags,
  notes: Notes,
): Promise<{ config: Config; configName: string; resume: RunFolder | undefined }> {
  if (flags.resume !== undefined) {
    const { findRun } = await import('../runs/find-run.js');
    const resume = await findRun(flags.modelsDir, flags.resume);
    return { config: await resume.readConfig(), configName: resume.name, resume };
  }
  const [{ loadConfig }, { configName }, { formatOverride }] = await Promise.all([
    import('../config/load-config.js'),
    import('../config/packaged-configs.js'),
    import('../terminal/format-override.js'),
  ]);
  const set = flags.seed === undefined ? flags.set : [...flags.set, `seed=${flags.seed}`];
  const { config, path, overrides } = await loadConfig(flags.config!, set);
  for (const override of overrides) notes.note(formatOverride(override));
  return { config, configName: configName(path), resume: undefined };
}

/** Fetches the data if it is missing; where it cannot be had, what stands in for it takes its place, loudly. */
async function withData(
  config: Config,
  options: { dataDir: string; notes: Notes; flags: TrainFlags; signal: AbortSignal },
): Promise<Config> {
  const { dataDir, notes, flags, signal } = options;
  const [{ ensureDataset }, { datasetOf }, { DownloadError }, { FetchProgress }] = await Promise.all([
    import('../datasets/ensure-dataset.js'),
    import('../datasets/dataset-table.js'),
    import('../datasets/fetch/download-error.js'),
    import('./fetch-progress.js'),
  ]);
  const progress = new FetchProgress(flags);
  try {
    await ensureDataset({
      dataset: config.dataset,
      dataDir,
      splits: ['train', 'test'],
      signal,
      onProgress: (event) => progress.show(event),
      onNote: (note) => notes.note(note),
    });
    return config;
  } catch (error) {
    const { fallback } = datasetOf(config.dataset);
    if (!(error instanceof DownloadError) || !fallback || flags.resume) throw error;
    for (const warning of fallback.warnings({ dataDir, reason: error.message })) notes.warn(warning);
    return { ...config, dataset: fallback.dataset };
  } finally {
    progress.stop();
  }
}
