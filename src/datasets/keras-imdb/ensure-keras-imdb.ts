import type { EnsureOptions } from '../dataset.js';
import type { SplitName } from '../split.js';
import { downloadKerasImdb } from './download-keras-imdb.js';
import { kerasImdbFolder, missingKerasFiles, openKerasImdbSplit } from './open-keras-imdb.js';
import type { KerasImdbSettings } from './settings.js';

/**
 * Makes sure that splits can be opened: downloads the two files where they are not in the data folder. A folder of the
 * user's own, `dataset.path`, is never written to.
 *
 * @throws DownloadError when a file is not there and cannot be had from the network; any other UserError is about what is on
 * the disk
 */
export async function ensureKerasImdb(
  splits: readonly SplitName[],
  options: EnsureOptions & { readonly dataset: KerasImdbSettings },
): Promise<void> {
  const { dataset, dataDir, onNote, onProgress, signal, network } = options;
  const folder = kerasImdbFolder(dataDir, dataset);
  if (dataset.path === undefined && (await missingKerasFiles(folder)).length > 0) {
    await downloadKerasImdb({ folder, onNote, onProgress, signal, network });
  }
  for (const split of splits) await openKerasImdbSplit(split, { dataset, dataDir });
}
