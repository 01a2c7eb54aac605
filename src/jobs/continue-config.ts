import { type ParsedConfig, parseConfig } from '../config/parse-config.js';
import { serializeConfig } from '../config/serialize-config.js';
import { readingSettings } from '../datasets/files/reading-settings.js';
import type { FilesSettings } from '../datasets/files/settings.js';
import type { RunFolder } from '../runs/run-folder.js';

export interface ContinueConfigOptions {
  /** The new files, such as `{ train: 'more.csv' }`. What is not said of them is as the run has read files of its own. */
  readonly files: Partial<FilesSettings>;
  /** Further settings that are to differ, such as `training.epochs=2`. */
  readonly overrides?: readonly string[];
}

/**
 * The config of a training that goes on from a run with new files, for `trainRun` with `from`: the run's, with this data, and the
 * run's labels before new ones.
 *
 * ```ts
 * const { config } = await continueConfig(run, { files: { train: 'more.csv' } });
 * for await (const event of trainRun({ config, from: { run, replay: 0.2 }, configName: 'more', dataDir, modelsDir })) { ... }
 * ```
 *
 * @throws UserError when settings are wrong
 */
export async function continueConfig(
  run: RunFolder,
  { files, overrides = [] }: ContinueConfigOptions,
): Promise<ParsedConfig> {
  const former = await run.readConfig();
  const labels = await run.readLabels();
  const reading = former.dataset.name === 'files' ? furtherSettings(former.dataset) : {};
  // Two settings for one thing contradict each other.
  const { text, columns, ...others } = reading;
  const texts = files.text !== undefined || files.columns !== undefined ? {} : { text, columns };
  // What a teacher says of the former data is learnt already.
  const untaught = former.training.teacher === 'none' ? [] : ['training.teacher=none'];
  const dataset = { ...others, ...texts, ...files, name: 'files', labels };
  return parseConfig(serializeConfig(former), `${run.path}/config.yaml`, {
    overrides: [`dataset=${JSON.stringify(dataset)}`, ...untaught, ...overrides],
  });
}

function furtherSettings(settings: FilesSettings): Partial<FilesSettings> {
  const { weight, groupBy, split, duplicates, ignoreUnknownLabels, strict } = settings;
  return { ...readingSettings(settings), weight, groupBy, split, duplicates, ignoreUnknownLabels, strict };
}
