import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { UserError } from '../../errors/user-error.js';
import { reviewLabels } from '../acl-imdb/official-archive.js';
import { refuseSplit } from '../refuse-split.js';
import type { IdSplit, SplitName } from '../split.js';
import { fixedVocabulary } from './fixed-vocabulary.js';
import { namingFile } from './keras-file-error.js';
import { loadData } from './load-data.js';
import { countReviews, readNpz } from './npz-file.js';
import { type KerasFile, kerasFiles, officialFiles } from './official-files.js';
import { readKerasFile, sizeOf } from './read-keras-file.js';
import type { KerasImdbSettings } from './settings.js';
import { parseWordIndex, wordsById } from './word-index.js';

/** The folder that holds imdb.npz and imdb_word_index.json. */
export function kerasImdbFolder(dataDir: string, { path }: { path?: string } = {}): string {
  return path ?? join(dataDir, 'keras-imdb');
}

/** Which of the two files are not in a folder. */
export async function missingKerasFiles(folder: string): Promise<KerasFile[]> {
  const sizes = await Promise.all(kerasFiles.map((file) => sizeOf(join(folder, officialFiles[file].name))));
  return kerasFiles.filter((_, index) => sizes[index] === undefined);
}

/**
 * Opens a split of `keras.datasets.imdb`: reads both files for their hash, and their content when it is asked for.
 *
 * @throws UserError when a file is not there, for `unsupervised`, or when a file is not what it should be
 */
export async function openKerasImdbSplit(
  name: SplitName,
  { dataDir, dataset }: { dataDir: string; dataset: KerasImdbSettings },
): Promise<IdSplit> {
  if (name !== 'train' && name !== 'test') {
    throw refuseSplit(name, { dataset: 'keras-imdb', has: ['train', 'test'] });
  }
  const folder = kerasImdbFolder(dataDir, dataset);
  // One after the other: where both are missing, the first one is what the message is about.
  const npz = await openFile('npz', folder, dataset);
  const wordIndex = await openFile('wordIndex', folder, dataset);
  const { path: _path, ...settings } = dataset;
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const { content } of [npz, wordIndex]) hash.update(createHash('sha256').update(content).digest());
  return {
    kind: 'ids',
    name,
    labels: reviewLabels,
    count: namingFile(npz.path, () => countReviews(npz.content, name)),
    contentHash: hash.digest('hex'),
    vocabulary: fixedVocabulary(dataset),
    read: async () => {
      const stored = namingFile(npz.path, () => readNpz(npz.content));
      const index = namingFile(wordIndex.path, () => parseWordIndex(wordIndex.content));
      const loaded = loadData(stored, dataset);
      const { ids, offsets, labels } = loaded[name];
      return { ids, offsets, targets: { values: labels }, words: wordsById(index, dataset, loaded) };
    },
  };
}

async function openFile(
  file: KerasFile,
  folder: string,
  dataset: KerasImdbSettings,
): Promise<{ path: string; content: Buffer }> {
  const path = join(folder, officialFiles[file].name);
  const content = await readKerasFile(path);
  if (content) return { path, content };
  throw missing(path, dataset);
}

function missing(path: string, dataset: KerasImdbSettings): UserError {
  const hint =
    dataset.path === undefined
      ? 'Run imdb-rnn download --dataset keras-imdb (with the same --data-dir); it also takes files of yours: --npz FILE --word-index FILE.'
      : 'dataset.path names a folder with imdb.npz and imdb_word_index.json: put them there, or leave dataset.path out.';
  return new UserError(`${path} is not there.`, hint);
}
