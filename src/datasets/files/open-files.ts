import { UserError } from '../../errors/user-error.js';
import type { OpenOptions } from '../dataset.js';
import { refuseSplit } from '../refuse-split.js';
import type { FeatureColumn, SplitName, TextSplit } from '../split.js';
import { type FilePart, fileParts, findSplitFiles } from './find-split-files.js';
import { openUnlabelled } from './open-unlabelled.js';
import { readSide } from './read-side.js';
import { resolveFiles } from './resolve-files.js';
import type { FilesSettings } from './settings.js';
import type { Survey, SurveyedFiles } from './survey.js';
import { surveyFiles } from './survey-cache.js';

export interface OpenFilesOptions extends OpenOptions {
  readonly dataset: FilesSettings;
  readonly signal?: AbortSignal;
}

/** Finds and surveys the files of settings. @throws UserError as `resolveFiles` and `survey` do */
export async function surveySettings({
  dataset,
  dataDir,
  onNote,
  signal,
}: OpenFilesOptions): Promise<SurveyedFiles> {
  const settings = await resolveFiles(dataset, { onNote });
  const parts = await findSplitFiles(settings);
  if (parts.train === undefined) {
    throw new UserError(
      'The data set "files" has no training file: dataset.train is missing.',
      'Give a file, such as with --data reviews.csv.',
    );
  }
  return { settings, parts, survey: await surveyFiles(parts, settings, { dataDir, onNote, signal }) };
}

/** Opens a split of files. @throws UserError where there are no such examples, or the files cannot be read */
export async function openFilesSplit(name: SplitName, options: OpenFilesOptions): Promise<TextSplit> {
  // What is told of texts without labels is of these alone: the labelled files have been spoken of.
  const onNote = name === 'unsupervised' ? undefined : options.onNote;
  const files = await surveySettings({ ...options, onNote });
  const { unsupervised } = files.settings;
  if (name === 'unsupervised' && unsupervised !== undefined) {
    const { labels } = files.survey;
    return openUnlabelled([unsupervised].flat(), files.settings, { labels, onNote: options.onNote });
  }
  const has = splitsOf(files.survey);
  if (!isPart(name) || !has.includes(name)) {
    if (name === 'test') {
      throw new UserError(
        'The files have no test split: no file of test examples is given, and none are held out.',
        'Give dataset.test, or a share to hold out as dataset.split.test.',
      );
    }
    throw refuseSplit(name, { dataset: 'The data set "files"', has });
  }
  return splitOf(name, files);
}

/** The splits that have examples. */
export function splitsOf({ counts }: Survey): FilePart[] {
  return fileParts.filter((part) => counts[part] > 0);
}

const isPart = (name: SplitName): name is FilePart => (fileParts as readonly string[]).includes(name);

export function splitOf(name: FilePart, { parts, settings, survey }: SurveyedFiles): TextSplit {
  const { labels, several, counts, contentHashes } = survey;
  const features = featureColumns(settings, survey);
  return {
    kind: 'texts',
    ...{ name, labels, ...(several && { several }) },
    count: counts[name],
    contentHash: contentHashes[name],
    ...(features.length > 0 && { features }),
    read: () => readSide(name, { parts, settings, survey }),
  };
}

/** The numbers beside a text in the order of `readSide`: the numeric columns, then for each categorical one its values. */
function featureColumns({ features }: FilesSettings, { categories }: Survey): FeatureColumn[] {
  const { numeric = [], categorical = [] } = features ?? {};
  return [
    ...numeric.map((name): FeatureColumn => ({ name, kind: 'numeric' })),
    ...categorical.flatMap((column, place) =>
      categories[place].map((value): FeatureColumn => ({ name: `${column}=${value}`, kind: 'category' })),
    ),
  ];
}
