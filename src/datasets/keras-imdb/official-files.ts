/** The two files of `keras.datasets.imdb`, as Keras' authors publish them (keras/src/datasets/imdb.py). */
export const officialFiles = {
  npz: {
    name: 'imdb.npz',
    url: 'https://storage.googleapis.com/tensorflow/tf-keras-datasets/imdb.npz',
    bytes: 17_464_789,
    sha256: '69664113be75683a8fe16e3ed0ab59fda8886cb3cd7ada244f7d9544e4676b9f',
  },
  // Keras names its md5, bfafd718b763782e994055a2d397834f; this is the sha256 of the file with that md5.
  wordIndex: {
    name: 'imdb_word_index.json',
    url: 'https://storage.googleapis.com/tensorflow/tf-keras-datasets/imdb_word_index.json',
    bytes: 1_641_221,
    sha256: '027313fe9a320280f3bf0fac5baf58c4a683cf39a7ed9c3d3d3912bde4284cf6',
  },
} as const;

export type KerasFile = keyof typeof officialFiles;
export const kerasFiles = Object.keys(officialFiles) as KerasFile[];

/** Reviews of each split in the official file. */
export const officialReviews = 25_000;
