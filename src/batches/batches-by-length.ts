import { type EncodedSplit, exampleCount, exampleLength } from './encoded-split.js';

/**
 * All examples, the shortest first, in batches of `batchSize` (the last one may be short): the least padding there can
 * be, for work in which order does not matter. Examples of one length keep their order.
 *
 * @returns the example indices of each batch
 */
export function batchesByLength(encoded: EncodedSplit, { batchSize }: { batchSize: number }): Int32Array[] {
  const order = Int32Array.from({ length: exampleCount(encoded) }, (_, example) => example);
  sortByLength(order, encoded);
  return Array.from({ length: Math.ceil(order.length / batchSize) }, (_, batch) => {
    return order.slice(batch * batchSize, (batch + 1) * batchSize);
  });
}

/** Sorts example indices in place, the shortest example first; equally long ones keep their order. */
export function sortByLength(examples: Int32Array, encoded: EncodedSplit): void {
  examples.sort((example, other) => exampleLength(encoded, example) - exampleLength(encoded, other));
}
