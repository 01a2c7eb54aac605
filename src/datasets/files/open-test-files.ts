import { UserError } from '../../errors/user-error.js';
import type { OpenOptions } from '../dataset.js';
import type { TextSplit } from '../split.js';
import { findSplitFiles } from './find-split-files.js';
import { splitOf } from './open-files.js';
import { readingSettings } from './reading-settings.js';
import { nameFiles, resolveFiles } from './resolve-files.js';
import { type FilesSettings, settings as settingsSchema } from './settings.js';
import { surveyFiles } from './survey-cache.js';

/** Files to measure a run on, which is no part of its data set. */
export interface TestFiles {
  /** Paths or patterns. */
  readonly paths: readonly string[];
  /** Default: the run's column, or a guess where the run had other data. */
  readonly textColumn?: string;
  readonly labelColumn?: string;
  /** Whether rows with a label that the run does not know are left out; default false. */
  readonly ignoreUnknownLabels?: boolean;
  readonly strict?: boolean;
}

export interface OpenTestFilesOptions extends OpenOptions {
  /** The data set of the run: where that is files, columns are read as it says. */
  readonly dataset: { readonly name: string };
  /** The labels of the run, by index. */
  readonly labels: readonly string[];
}

/**
 * Files as a test split with the labels of a run.
 *
 * @throws UserError where files cannot be read, have no such columns, or other labels than the run
 */
export async function openTestFiles(
  { paths, textColumn, labelColumn, ...rest }: TestFiles,
  { dataset, labels, dataDir, onNote }: OpenTestFilesOptions,
): Promise<TextSplit> {
  const former = dataset.name === 'files' ? readingSettings(dataset as FilesSettings) : {};
  const settings = await resolveFiles(
    settingsSchema.parse({
      ...former,
      ...(textColumn !== undefined && { text: textColumn, columns: undefined }),
      ...(labelColumn !== undefined && { label: labelColumn }),
      ...{ ...rest, name: 'files', test: [...paths] },
    }),
    { onNote },
  );
  const parts = await findSplitFiles(settings);
  const survey = await surveyFiles(parts, settings, { labels, dataDir, onNote });
  if (survey.counts.test === 0) {
    throw new UserError(
      `No row of ${nameFiles(parts.test ?? [])} has both a text and a label that the run knows.`,
      'Look at the file, or name other columns with --text-column and --label-column.',
    );
  }
  return splitOf('test', { parts, settings, survey });
}
