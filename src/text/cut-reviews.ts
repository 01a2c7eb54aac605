import type { TextConfig } from '../config/schema.js';
import { lengthFromStart } from './keep-part.js';
import type { TokenIds } from './token-ids.js';

/** Leaves of each review the first or last `maxLength` ids, or half of them from either end. */
export function cutReviews(
  { ids, offsets }: TokenIds,
  { maxLength, keep }: Pick<TextConfig, 'maxLength' | 'keep'>,
): TokenIds {
  const cutOffsets = new Int32Array(offsets.length);
  for (let review = 1; review < offsets.length; review++) {
    const length = Math.min(maxLength, offsets[review] - offsets[review - 1]);
    cutOffsets[review] = cutOffsets[review - 1] + length;
  }
  const cutIds = new Int32Array(cutOffsets[cutOffsets.length - 1]);
  for (let review = 0; review + 1 < offsets.length; review++) {
    const length = cutOffsets[review + 1] - cutOffsets[review];
    const fromStart = lengthFromStart(length, keep);
    const [start, end] = [offsets[review], offsets[review + 1]];
    cutIds.set(ids.subarray(start, start + fromStart), cutOffsets[review]);
    cutIds.set(ids.subarray(end - length + fromStart, end), cutOffsets[review] + fromStart);
  }
  return { ids: cutIds, offsets: cutOffsets };
}
