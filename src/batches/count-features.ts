import { type EncodedSplit, reviewCount } from './encoded-split.js';

/** Reviews without their order: each id of a review once, the smallest first, and how often it comes. */
export interface FeatureCounts extends EncodedSplit {
  /** `[features]`: occurrences in its review of the id at the same place of `ids`, at least 1. */
  readonly counts: Int32Array;
}

/** Counts what each review holds. Padding (id 0) is no feature. */
export function countFeatures(encoded: EncodedSplit): FeatureCounts {
  const reviews = reviewCount(encoded);
  const sorted = encoded.ids.slice();
  const counts = new Int32Array(sorted.length);
  const offsets = new Int32Array(reviews + 1);
  let end = 0;
  for (let review = 0; review < reviews; review++) {
    const ofReview = sorted.subarray(encoded.offsets[review], encoded.offsets[review + 1]).sort();
    // Reviews shrink, so what is written here has already been read.
    let previous = 0;
    for (const id of ofReview) {
      if (id !== previous) sorted[end++] = id;
      if (id !== 0) counts[end - 1]++;
      previous = id;
    }
    offsets[review + 1] = end;
  }
  return { ids: sorted.slice(0, end), counts: counts.slice(0, end), offsets, labels: encoded.labels };
}

/** Whether reviews were counted. */
export function areCounted(reviews: EncodedSplit): reviews is FeatureCounts {
  return 'counts' in reviews;
}
