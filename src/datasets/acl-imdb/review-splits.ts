import { refuseSplit } from '../refuse-split.js';
import type { SplitName } from '../split.js';

/** The splits of the Large Movie Review Dataset. */
export const reviewSplits = ['train', 'test', 'unsupervised'] as const satisfies readonly SplitName[];
export type ReviewSplit = (typeof reviewSplits)[number];

/** The split of this name. @throws UserError for one that the data set does not have */
export function reviewSplit(name: SplitName): ReviewSplit {
  const found = reviewSplits.find((split) => split === name);
  if (found) return found;
  throw refuseSplit(name, { dataset: 'acl-imdb', has: reviewSplits });
}
