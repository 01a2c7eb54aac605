import { UserError } from '../errors/user-error.js';
import type { OpenOptions } from './dataset.js';
import { type DatasetSettings, datasetOf } from './dataset-table.js';
import type { Split, SplitName } from './split.js';

export interface OpenSplitOptions extends OpenOptions {
  readonly dataset: DatasetSettings;
}

/**
 * Opens one split of a data set without reading it yet.
 *
 * ```ts
 * const split = await openSplit('train', { dataset: config.dataset, dataDir: 'data' });
 * const examples = await readAll(split);
 * ```
 *
 * @throws UserError when the data is not there (it says to run `imdb-rnn download`), or damaged, or not complete
 */
export async function openSplit(name: SplitName, options: OpenSplitOptions): Promise<Split> {
  const split = await datasetOf(options.dataset).open(name, options);
  return { ...split, dataset: options.dataset.name };
}

/** Whether `openSplit` would find this split whole; false too when it is damaged. */
export async function hasSplit(name: SplitName, options: OpenSplitOptions): Promise<boolean> {
  try {
    await openSplit(name, options);
    return true;
  } catch (error) {
    if (error instanceof UserError) return false;
    throw error;
  }
}
