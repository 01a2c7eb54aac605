import { KerasFileError } from './keras-file-error.js';
import { readIntegers, readLists } from './npy-array.js';
import { zipContent, zipMembers } from './zip-archive.js';

/** One half of imdb.npz as it lies there: ids of the word index (1 is the most frequent word), in the file's order. */
export interface StoredReviews {
  readonly lists: readonly (readonly number[])[];
  /** 0 negative, 1 positive. */
  readonly labels: Int32Array;
}

/**
 * Reads the arrays x_train, y_train, x_test and y_test out of imdb.npz.
 *
 * @throws KerasFileError when one is missing, damaged, or holds something else
 */
export function readNpz(archive: Buffer): { train: StoredReviews; test: StoredReviews } {
  const content = archiveContent(archive);
  const half = (split: 'train' | 'test'): StoredReviews => {
    const labels = readLabels(content, split);
    const lists = readLists(content(`x_${split}.npy`), `x_${split}.npy`);
    if (labels.length === lists.length) return { lists, labels };
    throw new KerasFileError(`y_${split}.npy has ${labels.length} labels for ${lists.length} reviews.`);
  };
  return { train: half('train'), test: half('test') };
}

/** How many reviews a split has, without reading them. @throws KerasFileError as {@link readNpz} */
export function countReviews(archive: Buffer, split: 'train' | 'test'): number {
  return readLabels(archiveContent(archive), split).length;
}

function readLabels(content: (name: string) => Buffer, split: 'train' | 'test'): Int32Array {
  const name = `y_${split}.npy`;
  const labels = readIntegers(content(name), name);
  if (labels.every((label) => label === 0 || label === 1)) return labels;
  throw new KerasFileError(`${name} has labels other than 0 and 1.`);
}

function archiveContent(archive: Buffer): (name: string) => Buffer {
  const members = zipMembers(archive);
  return (name) => {
    const member = members.get(name);
    if (member) return zipContent(archive, member);
    const there = [...members.keys()].slice(0, 10).join(', ') || 'nothing';
    throw new KerasFileError(`it has no ${name}; it has ${there}.`);
  };
}
