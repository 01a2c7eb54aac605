import { cutEvenly } from './cut-evenly.js';
import { type EncodedSplit, exampleCount } from './encoded-split.js';
import { sortByLength } from './sort-by-length.js';

/**
 * All examples, the shortest first, in batches of `batchSize` (the last one may be short): the least padding there can
 * be, for work in which order does not matter. Examples of one length keep their order.
 *
 * @returns the example indices of each batch, parts of one array
 */
export function batchesByLength(encoded: EncodedSplit, { batchSize }: { batchSize: number }): Int32Array[] {
  const order = Int32Array.from({ length: exampleCount(encoded) }, (_, example) => example);
  sortByLength(order, encoded);
  return cutEvenly(order, batchSize);
}
