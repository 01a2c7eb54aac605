import type { Random } from '../random/random.js';
import { type EncodedSplit, exampleCount, exampleLength } from './encoded-split.js';

/** Examples of a batch of so many positions, on average; at least one. */
export function examplesOfTokens(encoded: EncodedSplit, batchTokens: number): number {
  const positions = Math.max(1, encoded.ids.length / Math.max(1, exampleCount(encoded)));
  return Math.max(1, Math.floor(batchTokens / positions));
}

/**
 * Cuts examples into batches of at most so many positions, padding included; an example that is longer is a batch alone.
 *
 * @param examples sorted by length, the shortest first
 * @param options.random which end it begins at: what is left over, a small batch, has the longest or the shortest of them
 */
export function cutByTokens(
  examples: Int32Array,
  encoded: EncodedSplit,
  { batchTokens, random }: { batchTokens: number; random: Random },
): Int32Array[] {
  const length = (place: number) => Math.max(1, exampleLength(encoded, examples[place]));
  const batches: Int32Array[] = [];
  if (random.integer(2) === 0) {
    for (let start = 0; start < examples.length; ) {
      let end = start + 1;
      while (end < examples.length && (end + 1 - start) * length(end) <= batchTokens) end++;
      batches.push(examples.subarray(start, end));
      start = end;
    }
  } else {
    for (let end = examples.length; end > 0; ) {
      const count = Math.max(1, Math.floor(batchTokens / length(end - 1)));
      const start = Math.max(0, end - count);
      batches.push(examples.subarray(start, end));
      end = start;
    }
  }
  return batches;
}
