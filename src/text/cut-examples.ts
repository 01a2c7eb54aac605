import type { TextConfig } from '../config/schema.js';
import { lengthFromStart } from './keep-part.js';
import type { TokenIds } from './token-ids.js';

/** Leaves of each example the first or last `maxLength` ids, or half of them from either end. */
export function cutExamples(
  { ids, offsets }: TokenIds,
  { maxLength, keep }: Pick<TextConfig, 'maxLength' | 'keep'>,
): TokenIds {
  const cutOffsets = new Int32Array(offsets.length);
  for (let example = 1; example < offsets.length; example++) {
    const length = Math.min(maxLength, offsets[example] - offsets[example - 1]);
    cutOffsets[example] = cutOffsets[example - 1] + length;
  }
  const cutIds = new Int32Array(cutOffsets[cutOffsets.length - 1]);
  for (let example = 0; example + 1 < offsets.length; example++) {
    const length = cutOffsets[example + 1] - cutOffsets[example];
    const fromStart = lengthFromStart(length, keep);
    const [start, end] = [offsets[example], offsets[example + 1]];
    cutIds.set(ids.subarray(start, start + fromStart), cutOffsets[example]);
    cutIds.set(ids.subarray(end - length + fromStart, end), cutOffsets[example] + fromStart);
  }
  return { ids: cutIds, offsets: cutOffsets };
}
