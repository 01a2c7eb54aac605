import { type EncodedSplit, reviewCount, reviewLength } from './encoded-split.js';

/**
 * All reviews, the shortest first, in batches of `batchSize` (the last one may be short): the least padding there can
 * be, for work in which order does not matter. Reviews of one length keep their order.
 *
 * @returns the review indices of each batch
 */
export function batchesByLength(encoded: EncodedSplit, { batchSize }: { batchSize: number }): Int32Array[] {
  const order = Int32Array.from({ length: reviewCount(encoded) }, (_, review) => review);
  sortByLength(order, encoded);
  return Array.from({ length: Math.ceil(order.length / batchSize) }, (_, batch) => {
    return order.slice(batch * batchSize, (batch + 1) * batchSize);
  });
}

/** Sorts review indices in place, the shortest review first; equally long ones keep their order. */
export function sortByLength(reviews: Int32Array, encoded: EncodedSplit): void {
  reviews.sort((review, other) => reviewLength(encoded, review) - reviewLength(encoded, other));
}
