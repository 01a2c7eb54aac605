import type { TextConfig } from '../config/schema.js';
import type { TokenIds } from './token-ids.js';

/** Leaves of each example the first or last `maxLength` ids. */
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
    const start = keep === 'start' ? offsets[example] : offsets[example + 1] - length;
    cutIds.set(ids.subarray(start, start + length), cutOffsets[example]);
  }
  return { ids: cutIds, offsets: cutOffsets };
}
