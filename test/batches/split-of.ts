import { createHash } from 'node:crypto';
import type { Example, Split } from '../../src/datasets/split.js';

/** A split in memory that tells how often it was read. */
export function splitOf(
  examples: readonly Example[],
  changes: Partial<Split> = {},
): Split & { reads: number } {
  const split = {
    name: 'train' as const,
    labels: ['negative', 'positive'],
    count: examples.length,
    contentHash: createHash('sha256').update(JSON.stringify(examples)).digest('hex'),
    reads: 0,
    async read() {
      split.reads++;
      return [...examples];
    },
    ...changes,
  };
  return split;
}

/** Twelve examples of 50 tokens, 22 of them different. */
export const examples: readonly Example[] = [
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
].map(([text, label]) => ({ text: text as string, label: label as number }));
