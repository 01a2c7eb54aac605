import type { Config } from '../config/schema.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Notes } from '../terminal/notes.js';
import { type DataFlags, dataOverride } from './data-options.js';

export interface TrainingJobFlags extends DataFlags {
  readonly config?: string;
  /** A run's name or path; `true`: the newest that is unfinished. */
  readonly resume?: string | true;
  readonly epochs?: number;
  readonly force?: boolean;
  readonly set: readonly string[];
  readonly seed?: number;
  readonly modelsDir: string;
}

/** The packaged config that trains on files of the user's own where none is named. */
const configForData = 'nb-ngrams';

/** What is to be trained: a config, or a run to go on with. */
export interface TrainingJob {
  readonly config: Config;
  readonly configName: string;
  readonly resume: RunFolder | undefined;
}

/** Reads what the flags say is to be trained, and says what of a config they change. */
export async function trainingJob(flags: TrainingJobFlags, notes: Notes): Promise<TrainingJob> {
  if (flags.resume !== undefined) {
    const resume = await runToResume(flags, notes);
    const config = await resume.readConfig();
    return { config: withEpochs(config, flags.epochs), configName: resume.name, resume };
  }
  const [{ loadConfig }, { configName }, { formatOverride }] = await Promise.all([
    import('../config/load-config.js'),
    import('../config/packaged-configs.js'),
    import('../terminal/format-override.js'),
  ]);
  const short = { seed: flags.seed, 'training.epochs': flags.epochs };
  const shortened = Object.entries(short).flatMap(([key, value]) => (value ? [`${key}=${value}`] : []));
  const set = [...flags.set, ...shortened];
  const name = flags.config ?? configForData;
  if (flags.config === undefined) {
    notes.note(
      `config ${name}: logistic regression on runs of words, which trains in seconds; --config names another`,
    );
  }
  const former = flags.data && (await loadConfig(name)).config.dataset;
  const files = former ? [await dataOverride(flags, former)] : [];
  const { config, path, overrides } = await loadConfig(name, [...files, ...set]);
  for (const override of overrides) if (override.key !== 'dataset') notes.note(formatOverride(override));
  return { config, configName: configName(path), resume: undefined };
}

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
