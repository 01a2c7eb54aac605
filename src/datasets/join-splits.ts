import { createHash } from 'node:crypto';
import type { Example, TextSplit } from './split.js';

/** Splits with the same labels, one after the other, as one; what it is called is what the first is called. */
export function joinSplits(first: TextSplit, ...others: readonly TextSplit[]): TextSplit {
  const splits = [first, ...others];
  const hash = createHash('sha256');
  for (const { contentHash } of splits) hash.update(contentHash);
  return {
    ...first,
    count: splits.reduce((sum, { count }) => sum + count, 0),
    contentHash: hash.digest('hex'),
    read: () => readAllOf(splits),
  };
}

async function* readAllOf(splits: readonly TextSplit[]): AsyncGenerator<readonly Example[]> {
  for (const split of splits) yield* split.read();
}
