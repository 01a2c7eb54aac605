/** Reviews as token ids, laid end to end: three arrays whatever the number of reviews. */
export interface EncodedSplit {
  /** `[tokens]`: ids of all reviews' tokens, in reading order. */
  readonly ids: Int32Array;
  /** `[reviews + 1]`: review `i` has the ids from `offsets[i]` up to, not including, `offsets[i + 1]`. */
  readonly offsets: Int32Array;
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
