import { labelOfFolder, type ReviewFolder } from './official-archive.js';
import type { ReviewSplit } from './review-splits.js';

/** A review with all that its place in the archive tells about it. */
export interface Review {
  /** Number in its folder, from 0. */
  readonly id: number;
  /** 0 negative, 1 positive, -1 unknown. */
  readonly label: number;
  /** Stars, 1 to 4 (negative) or 7 to 10 (positive); 0 unknown. */
  readonly rating: number;
  readonly text: string;
}

/** What the path of a review's file says: `train/pos/127_10.txt` is review 127 of the positive ones, with 10 stars. */
export interface ReviewPath extends Omit<Review, 'text'> {
  readonly split: ReviewSplit;
  readonly folder: ReviewFolder;
}

const pattern = /^(?:(train|test)\/(neg|pos)|train\/unsup)\/(\d+)_(\d+)\.txt$/;

/** Reads the path of a file inside the `aclImdb/` tree; undefined when it is not a review's. */
export function parseReviewPath(path: string): ReviewPath | undefined {
  const match = pattern.exec(path);
  if (!match) return undefined;
  const [, split = 'unsupervised', folder = 'unsup', id, rating] = match;
  return {
    split: split as ReviewSplit,
    folder: folder as ReviewFolder,
    id: Number(id),
    label: labelOfFolder[folder as ReviewFolder],
    rating: Number(rating),
  };
}

/** The order of reviews in a split: by label, then by number; so it does not depend on the archive's order. */
export function compareReviews(a: Pick<Review, 'id' | 'label'>, b: Pick<Review, 'id' | 'label'>): number {
  return a.label - b.label || a.id - b.id;
}
