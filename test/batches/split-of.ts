import { createHash } from 'node:crypto';
import type { Example, TextSplit } from '../../src/datasets/split.js';

/** A split in memory that tells how often it was read. */
export function splitOf(
  examples: readonly Example[],
  changes: Partial<TextSplit> = {},
): TextSplit & { reads: number } {
  const split = {
    kind: 'texts' as const,
    name: 'train' as const,
    labels: ['negative', 'positive'],
    count: examples.length,
    contentHash: createHash('sha256').update(JSON.stringify(examples)).digest('hex'),
    reads: 0,
    /** In portions of five. */
    async *read() {
      split.reads++;
      for (let start = 0; start < examples.length; start += 5) yield examples.slice(start, start + 5);
    },
    ...changes,
  };
  return split;
}

/** Twelve examples of 50 tokens, 22 of them different. */
export const examples: readonly (Example & { readonly target: number })[] = [
  ['A great, great movie!<br />The best of the year.', 1],
  ['The plot is bad.', 0],
  ["I can't say it was good", 0],
  ['great', 1],
  ['', 0],
  ['10/10 😀', 1],
  ['The movie was the best movie, the very best', 1],
  ['bad bad bad plot', 0],
  ['I was bored by the plot of it', 0],
  ['So good, so good!', 1],
  ['The year is good', 1],
  ['bored', 0],
].map(([text, label]) => ({ text: text as string, target: label as number }));
