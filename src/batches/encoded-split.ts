import type { TokenIds } from '../text/token-ids.js';

/**
 * Reviews as token ids, laid end to end: three arrays whatever the number of reviews. With `text.ngrams` above 1 a
 * review's tokens are followed by its runs of two tokens, of three, and so on.
 */
export interface EncodedSplit extends TokenIds {
  /** `[reviews]`: index of each review's label; -1 where it has none. */
  readonly labels: Int32Array;
}

/** Number of reviews. */
export function reviewCount({ labels }: EncodedSplit): number {
  return labels.length;
}

/** Number of tokens of one review; 0 for a text without a letter. */
export function reviewLength({ offsets }: EncodedSplit, review: number): number {
  return offsets[review + 1] - offsets[review];
}

/** A copy that holds only the reviews asked for, in the order asked for. */
export function subset(encoded: EncodedSplit, reviewIndices: ArrayLike<number>): EncodedSplit {
  const reviews = Array.from(reviewIndices);
  const offsets = new Int32Array(reviews.length + 1);
  reviews.forEach((review, row) => {
    offsets[row + 1] = offsets[row] + reviewLength(encoded, review);
  });
  const ids = new Int32Array(offsets[reviews.length]);
  reviews.forEach((review, row) => {
    ids.set(encoded.ids.subarray(encoded.offsets[review], encoded.offsets[review + 1]), offsets[row]);
  });
  return { ids, offsets, labels: Int32Array.from(reviews, (review) => encoded.labels[review]) };
}
