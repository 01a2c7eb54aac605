import type { OpenOptions } from './dataset.js';
import { type DatasetSettings, datasetOf } from './dataset-table.js';
import type { SplitName } from './split.js';

/**
 * Settings of a data set with all filled in that the data itself tells; filling twice is filling once.
 *
 * @throws UserError when the data is not there, or does not tell
 */
export async function resolveDataset(
  dataset: DatasetSettings,
  options: OpenOptions,
): Promise<DatasetSettings> {
  return (await datasetOf(dataset).resolve?.(dataset, options)) ?? dataset;
}

/** The splits that a data set has, `unsupervised` aside. @throws UserError when the data is not there or damaged */
export async function splitsOfDataset(
  options: OpenOptions & { readonly dataset: DatasetSettings },
): Promise<readonly SplitName[]> {
  return (await datasetOf(options.dataset).splits?.(options)) ?? ['train', 'test'];
}
