import { areCounted } from './count-features.js';
import { type EncodedSplit, reviewLength } from './encoded-split.js';

/** Reviews as one rectangle of ids, each padded on the right with 0 to the longest of them. */
export interface PaddedBatch {
  /** `[rows, time]`, row after row. */
  readonly ids: Int32Array;
  /** `[rows, time]`, where the reviews are counted: how often each id comes; 0 for padding. */
  readonly counts?: Int32Array;
  readonly rows: number;
  /** Tokens of the longest review, at least 1: no layer accepts an empty time axis. */
  readonly time: number;
  /** `[rows]`: tokens of each review, without padding. */
  readonly lengths: Int32Array;
  /** `[rows]` */
  readonly labels: Int32Array;
  /** `[rows]`: which review of the encoded split each row is. */
  readonly reviewIndices: Int32Array;
}

/**
 * Makes the batch of some reviews, in the order given. Padding is on the right, always: the kernels (and cuDNN's) skip
 * a row's end, and the state after its last token is the state after the last time step.
 */
export function padBatch(encoded: EncodedSplit, reviewIndices: Int32Array): PaddedBatch {
  const lengths = reviewIndices.map((review) => reviewLength(encoded, review));
  const rows = reviewIndices.length;
  const time = lengths.reduce((longest, length) => Math.max(longest, length), 1);
  const padded = (values: Int32Array) => {
    const rectangle = new Int32Array(rows * time);
    reviewIndices.forEach((review, row) => {
      rectangle.set(values.subarray(encoded.offsets[review], encoded.offsets[review + 1]), row * time);
    });
    return rectangle;
  };
  const labels = reviewIndices.map((review) => encoded.labels[review]);
  const batch = { ids: padded(encoded.ids), rows, time, lengths, labels, reviewIndices };
  return areCounted(encoded) ? { ...batch, counts: padded(encoded.counts) } : batch;
}

/**
 * Share of the positions of padded batches that hold a token, from 0 to 1: the part of the arithmetic that is not done
 * for nothing. 1 where there are no batches.
 */
export function paddingEfficiency(encoded: EncodedSplit, batches: readonly Int32Array[]): number {
  let tokens = 0;
  let positions = 0;
  for (const reviews of batches) {
    let time = 1;
    for (const review of reviews) {
      const length = reviewLength(encoded, review);
      tokens += length;
      time = Math.max(time, length);
    }
    positions += reviews.length * time;
  }
  return positions === 0 ? 1 : tokens / positions;
}
