import type { ReviewSplit } from './review-splits.js';

/** The Large Movie Review Dataset v1.0 (Maas et al., ACL 2011) as its authors publish it. */
export const officialArchive = {
  url: 'https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz',
  fileName: 'aclImdb_v1.tar.gz',
  bytes: 84_125_825,
  sha256: 'c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe',
} as const;

/** Folders of the archive that hold reviews; `unsup` has reviews of any rating, without a label. */
export type ReviewFolder = 'neg' | 'pos' | 'unsup';

/** How many reviews each folder of each split must hold. */
export type ReviewCounts = Readonly<Record<ReviewSplit, Readonly<Partial<Record<ReviewFolder, number>>>>>;

export const officialCounts: ReviewCounts = {
  train: { neg: 12_500, pos: 12_500 },
  test: { neg: 12_500, pos: 12_500 },
  unsupervised: { unsup: 50_000 },
};

export const reviewLabels = ['negative', 'positive'] as const;

/** Labels of the folders, as indices into `reviewLabels`; -1: no label. */
export const labelOfFolder = { neg: 0, pos: 1, unsup: -1 } as const satisfies Record<ReviewFolder, number>;

/** Where in the `aclImdb/` tree the folders of a split lie. */
export const folderOfSplit = {
  train: 'train',
  test: 'test',
  unsupervised: 'train',
} as const satisfies Record<ReviewSplit, string>;
