import type { Config } from '../config/schema.js';
import type { RunFolder } from '../runs/run-folder.js';
import type { Notes } from '../terminal/notes.js';
import { type DataFlags, dataOverride } from './data-options.js';

export interface TrainingJobFlags extends DataFlags {
  readonly config?: string;
  readonly resume?: string;
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
  const name = flags.config ?? configForData;
  if (flags.config === undefined) {
    notes.note(
      `config ${name}: logistic regression on runs of words, which trains in seconds; --config names another`,
    );
  }
  const former = flags.data && (await loadConfig(name)).config.dataset;
  const files = former ? [dataOverride(flags, former)] : [];
  const { config, path, overrides } = await loadConfig(name, [...files, ...set]);
  for (const override of overrides) if (override.key !== 'dataset') notes.note(formatOverride(override));
  return { config, configName: configName(path), resume: undefined };
}
