import type { EnsureOptions } from './dataset.js';
import { type DatasetSettings, datasetOf } from './dataset-table.js';
import type { SplitName } from './split.js';

export interface EnsureDatasetOptions extends EnsureOptions {
  readonly dataset: DatasetSettings;
  readonly splits: readonly SplitName[];
}

/**
 * Makes sure that splits of a data set can be opened: nothing happens when they are there, else they are downloaded, where
 * the data set can be.
 *
 * @throws DownloadError when the data is not there and cannot be had from the network, so that a caller may fall back
 * on the sample; any other UserError is about what is on the disk and should reach the user
 */
export async function ensureDataset({ splits, ...options }: EnsureDatasetOptions): Promise<void> {
  await datasetOf(options.dataset).ensure(splits, options);
}
