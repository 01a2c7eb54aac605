import type { TokenIds } from '../text/token-ids.js';

/**
 * Examples as token ids, laid end to end: three arrays whatever the number of examples. With `text.ngrams` above 1 a
 * example's tokens are followed by its runs of two tokens, of three, and so on.
 */
export interface EncodedSplit extends TokenIds {
  /** `[examples]`: index of each example's label; -1 where it has none. */
  readonly labels: Int32Array;
}

/** Number of examples. */
export function exampleCount({ labels }: EncodedSplit): number {
  return labels.length;
}

/** Number of tokens of one example; 0 for a text without a letter. */
export function exampleLength({ offsets }: EncodedSplit, example: number): number {
  return offsets[example + 1] - offsets[example];
}

/** A copy that holds only the examples asked for, in the order asked for. */
export function subset(encoded: EncodedSplit, exampleIndices: ArrayLike<number>): EncodedSplit {
  const examples = Array.from(exampleIndices);
  const offsets = new Int32Array(examples.length + 1);
  examples.forEach((example, row) => {
    offsets[row + 1] = offsets[row] + exampleLength(encoded, example);
  });
  const ids = new Int32Array(offsets[examples.length]);
  examples.forEach((example, row) => {
    ids.set(encoded.ids.subarray(encoded.offsets[example], encoded.offsets[example + 1]), offsets[row]);
  });
  return { ids, offsets, labels: Int32Array.from(examples, (example) => encoded.labels[example]) };
}
