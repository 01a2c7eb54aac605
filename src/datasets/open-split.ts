import type { DatasetConfig } from '../config/schema.js';
import { UserError } from '../errors/user-error.js';
import { type AclImdbOptions, openAclImdbSplit } from './acl-imdb/open-acl-imdb.js';
import { openKerasImdbSplit } from './keras-imdb/open-keras-imdb.js';
import { openSampleSplit } from './sample.js';
import type { Split, SplitName } from './split.js';

export interface OpenSplitOptions extends AclImdbOptions {
  readonly dataset: DatasetConfig;
}

type Opener = (name: SplitName, options: OpenSplitOptions) => Promise<Split>;

const openers = {
  'acl-imdb': openAclImdbSplit,
  sample: openSampleSplit,
  'keras-imdb': openKerasImdbSplit,
} satisfies Record<DatasetConfig['name'], Opener>;

/**
 * Opens one split of a data set without reading it yet.
 *
 * ```ts
 * const split = await openSplit('train', { dataset: config.dataset, dataDir: 'data' });
 * const examples = await split.read();
 * ```
 *
 * @throws UserError when the data is not there (it says to run `imdb-rnn download`), or damaged, or not complete
 */
export function openSplit(name: SplitName, options: OpenSplitOptions): Promise<Split> {
  const open: Opener = openers[options.dataset.name];
  return open(name, options);
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
