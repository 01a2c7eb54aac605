import type { z } from 'zod';
import { aclImdb } from './acl-imdb/acl-imdb.js';
import type { Dataset } from './dataset.js';
import { files } from './files/files.js';
import type { FixedVocabularySettings } from './fixed-vocabulary.js';
import { kerasImdb } from './keras-imdb/keras-imdb.js';
import { sample } from './sample/sample.js';

/** All data sets, in the order in which messages name them; nothing else lists them. */
export const datasetTable = [aclImdb, sample, kerasImdb, files] as const;

/** What `dataset` may be in a config: the settings of one of them. */
export type DatasetSettings = z.infer<(typeof datasetTable)[number]['settings']>;
export type DatasetName = DatasetSettings['name'];

/** The data set that settings are of. */
export function datasetOf({
  name,
}: Pick<DatasetSettings, 'name'>): Dataset<DatasetSettings, DatasetSettings> {
  const found = datasetTable.find(({ settings }) => settings.shape.name.value === name);
  if (!found) throw new TypeError(`There is no data set "${name}"`);
  // Each takes its own settings only, and it was chosen by their name.
  return found as unknown as Dataset<DatasetSettings, DatasetSettings>;
}

/** How texts get the ids of a data set that has a vocabulary of its own; undefined for any other. */
export function fixedVocabularyOf(dataset: DatasetSettings): FixedVocabularySettings | undefined {
  return datasetOf(dataset).vocabulary?.(dataset);
}
