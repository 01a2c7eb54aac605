import type { Config, DatasetConfig } from '../config/schema.js';
import type { ContinueFrom } from '../jobs/continuation.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Notes } from '../terminal/notes.js';
import { type DataFlags, dataOverride, filesOf } from './data-options.js';

/** What names a config, and changes it. */
export interface ConfigJobFlags extends DataFlags {
  readonly config?: string;
  readonly set: readonly string[];
  readonly seed?: number;
  readonly epochs?: number;
}

export interface TrainingJobFlags extends ConfigJobFlags {
  /** A run's name or path; `true`: the newest that is unfinished. */
  readonly resume?: string | true;
  /** A run's name or path. */
  readonly from?: string;
  readonly replay?: number;
  readonly grow?: number;
  readonly force?: boolean;
  readonly modelsDir: string;
}

/** The packaged config that trains on files of the user's own where none is named. */
const configForData = 'nb-ngrams';

export interface ConfigJob {
  readonly config: Config;
  readonly configName: string;
}

/** What is to be trained: a config, a run to go on with, or one to begin from with new data. */
export interface TrainingJob extends ConfigJob {
  readonly resume: RunFolder | undefined;
  readonly from?: ContinueFrom;
}

/** Reads what the flags say is to be trained, and says what of a config they change. */
export async function trainingJob(flags: TrainingJobFlags, notes: Notes): Promise<TrainingJob> {
  if (flags.resume !== undefined) {
    const resume = await runToResume(flags, notes);
    const config = await resume.readConfig();
    return { config: withEpochs(config, flags.epochs), configName: resume.name, resume };
  }
  if (flags.from !== undefined) return jobFrom(flags.from, { flags, set: settingsOf(flags), notes });
  return { ...(await configJob(flags, notes)), resume: undefined };
}

/** Reads the config that the flags name, and says what of it they change. */
export async function configJob(flags: ConfigJobFlags, notes: Notes): Promise<ConfigJob> {
  const [{ loadConfig }, { configName }, { formatOverride }] = await Promise.all([
    import('../config/load-config.js'),
    import('../config/packaged-configs.js'),
    import('../terminal/format-override.js'),
  ]);
  const name = flags.config ?? configForData;
  if (flags.config === undefined) {
    notes.note(
      `config ${name}: logistic regression on runs of words, which trains in seconds; --config names another`,
    );
  }
  const former = flags.data && (await loadConfig(name)).config.dataset;
  const files = former ? [await dataOverride(flags, former)] : [];
  const { config, path, overrides } = await loadConfig(name, [...files, ...settingsOf(flags)]);
  for (const override of overrides) if (override.key !== 'dataset') notes.note(formatOverride(override));
  return { config, configName: configName(path) };
}

/** What `--set` says, and the options that are short for it. */
function settingsOf({ set, seed, epochs }: ConfigJobFlags): string[] {
  const short = Object.entries({ seed, 'training.epochs': epochs });
  return [...set, ...short.flatMap(([key, value]) => (value ? [`${key}=${value}`] : []))];
}

async function jobFrom(
  name: string,
  options: { flags: TrainingJobFlags; set: readonly string[]; notes: Notes },
): Promise<TrainingJob> {
  const { flags, set, notes } = options;
  const [{ findRun }, { continueConfig }, { formatOverride }] = await Promise.all([
    import('../runs/find-run.js'),
    import('../jobs/continue-config.js'),
    import('../terminal/format-override.js'),
  ]);
  const run = await findRun(flags.modelsDir, name, {
    onNote: (note) => notes.note(note),
    onWarning: (warning) => notes.warn(warning),
  });
  // The schema fills in what is not said of the files.
  const files = await filesOf(flags, { name: 'files' } as DatasetConfig);
  const { config, overrides } = await continueConfig(run, { files, overrides: set });
  for (const override of overrides) if (override.key !== 'dataset') notes.note(formatOverride(override));
  const { replay, grow } = flags;
  return { config, configName: withoutDate(run.name), resume: undefined, from: { run, replay, grow } };
}

/** Of a run that got its name from config, date and number: the config. */
const withoutDate = (name: string) => name.replace(/-\d{4}-\d{2}-\d{2}-\d+$/, '');

async function runToResume({ modelsDir, resume, force }: TrainingJobFlags, notes: Notes): Promise<RunFolder> {
  const [{ findUnfinishedRun }, { refuseTrained }] = await Promise.all([
    import('../runs/find-unfinished-run.js'),
    import('../runs/run-lock.js'),
  ]);
  const run = await findUnfinishedRun(modelsDir, resume === true ? undefined : resume, {
    onNote: (note) => notes.note(note),
    ...(force && { trust: (reason: string) => notes.warn(`${reason} --force: it is used as it is.`) }),
  });
  await refuseTrained(run.path);
  return run;
}

function withEpochs(config: Config, epochs = config.training.epochs): Config {
  return { ...config, training: { ...config.training, epochs } };
}
